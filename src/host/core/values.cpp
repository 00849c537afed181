#include "host/core/values.hpp"

#include <algorithm>

namespace hipchat::host {

bool client::may(scope wanted) const noexcept {
    return std::ranges::find(descriptor.scopes, wanted) != descriptor.scopes.end();
}

json::object to_json(const room& value) {
    return {{"id", value.id},
            {"name", value.name},
            {"topic", value.topic},
            {"privacy", value.privacy},
            {"is_archived", value.is_archived}};
}

json::object to_json(const person& value) {
    return {{"id", value.id}, {"name", value.name}, {"mention_name", value.mention_name}};
}

}  // namespace hipchat::host
