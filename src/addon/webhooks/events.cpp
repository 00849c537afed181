#include "hipchat/events.hpp"

#include "addon/cores.hpp"
#include "addon/handles.hpp"
#include "hipchat/command.hpp"
#include "protocol/command_text.hpp"
#include "protocol/room_parts.hpp"

namespace hipchat {

webhook_event::webhook_event(std::shared_ptr<const detail::event_core> core) noexcept
    : core_(std::move(core)) {
}

hipchat::room webhook_event::room() const {
    const protocol::event& event = core_->payload;
    return hipchat::room(std::make_shared<const detail::room_access>(detail::room_access{
        core_->to, core_->tenant, event.room_id(), std::string(event.room_name()),
        protocol::read_room_facts(event.room())}));
}

hipchat::tenant webhook_event::tenant() const {
    return detail::tenant_of(core_->to, core_->tenant);
}

std::int64_t webhook_event::webhook_id() const {
    const json::value* const id = json().if_contains("webhook_id");
    return id == nullptr ? 0 : protocol::read_id(*id).value_or(0);
}

const std::string& webhook_event::added_as() const noexcept {
    return core_->added_as;
}

int webhook_event::attempt() const noexcept {
    return core_->attempt;
}

const json::object& webhook_event::json() const noexcept {
    return core_->payload.payload();
}

person webhook_event::sender_of_event() const {
    if (const json::object* who = core_->payload.person()) return protocol::read_person(*who);
    // The reference allows a message whose `from` is a name (addon-side.md 5.4).
    const json::object* const said = core_->payload.message();
    return protocol::person_named(said == nullptr ? "" : protocol::text_in(*said, "from"));
}

std::optional<client> webhook_event::client_of_event() const {
    const json::object* const who = core_->payload.person();
    if (who == nullptr) return std::nullopt;
    return protocol::read_client(*who);
}

message message_event::message() const {
    return protocol::read_message(*core().payload.message());
}

std::string message_event::text() const {
    return std::string(core().payload.message_text());
}

const match& message_event::match() const noexcept {
    return core().matched;
}

std::string room_topic_change::topic() const {
    return protocol::text_in(core().payload.item(), "topic");
}

file room_file_upload::file() const {
    const json::value* const sent = core().payload.item().if_contains("file");
    const json::object* const described = sent == nullptr ? nullptr : sent->if_object();
    return described == nullptr ? hipchat::file() : protocol::read_file(*described);
}

std::string command_call::name() const {
    return core().invoked.name;
}

std::string command_call::sub() const {
    return core().invoked.sub;
}

std::string command_call::rest() const {
    return core().invoked.rest;
}

std::vector<std::string> command_call::arguments() const {
    return protocol::split_words(core().invoked.rest);
}

}  // namespace hipchat
