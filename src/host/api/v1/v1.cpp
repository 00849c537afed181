#include "host/api/v1/v1.hpp"

#include "host/api/v2/rest.hpp"
#include "protocol/url.hpp"

namespace hipchat::host {

void add_v1_routes(router& to, services& on) {
    add_v1_room_routes(to, on);
    add_v1_message_routes(to, on);
    add_v1_user_routes(to, on);
}

namespace v1 {

std::optional<std::string> parameter(const request& asked, std::string_view name) {
    if (auto found = asked.parameter(name)) return found;
    return protocol::form_value(asked.raw().body, name);
}

std::string required(const request& asked, const std::string& name, text_length length) {
    json::object sent;
    if (const auto found = parameter(asked, name)) sent[name] = *found;
    return fields(std::move(sent)).text(name, length);
}

room_ptr room_in(const access& who, const services& on, const request& asked) {
    return room_named_by(who, on, required(asked, "room_id", {1, 100}));
}

std::int64_t unix_time(wall_time when) {
    return std::chrono::floor<std::chrono::seconds>(when.time_since_epoch()).count();
}

}  // namespace v1
}  // namespace hipchat::host
