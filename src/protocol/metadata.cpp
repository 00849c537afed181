#include "protocol/metadata.hpp"

#include <utility>

namespace hipchat::protocol {

std::shared_ptr<const json::object> with_member(const json::object* all, std::string_view name,
                                                const json::value& value) {
    json::object changed = all == nullptr ? json::object() : *all;
    changed[name] = value;
    return std::make_shared<const json::object>(std::move(changed));
}

}  // namespace hipchat::protocol
