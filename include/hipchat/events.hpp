#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "hipchat/log.hpp"
#include "hipchat/match.hpp"
#include "hipchat/message.hpp"
#include "hipchat/person.hpp"
#include "hipchat/room.hpp"
#include "hipchat/tenant.hpp"

namespace hipchat {

namespace detail {
struct event_core;
struct lifecycle_core;
}  // namespace detail

/// What every webhook event has (addon-side.md 5). A handler gets a reference that is valid until
/// its task ends; what it returns by value may be kept.
class webhook_event {
public:
    /// Where it happened.
    hipchat::room room() const;
    /// The installation that the event belongs to; verified.
    hipchat::tenant tenant() const;
    /// The add-on's log; its lines name the request that brought the event.
    hipchat::log log() const noexcept;
    /// The host's number of the webhook; 0 where it did not say.
    std::int64_t webhook_id() const;
    /// The dynamic webhook that brought it, as room::add_webhook gave it; empty: a declared one.
    const std::string& added_as() const noexcept;
    /// 1; of a durable handler (hook::durable) more where an earlier attempt has failed, or may
    /// have been interrupted at any point.
    int attempt() const noexcept;
    /// The whole payload as it came, with every member that has no name here; include
    /// <hipchat/json.hpp> to look into it.
    const boost::json::object& json() const noexcept;

protected:
    explicit webhook_event(std::shared_ptr<const detail::event_core> core) noexcept;
    hipchat::person sender_of_event() const;
    std::optional<hipchat::client> client_of_event() const;
    const detail::event_core& core() const noexcept { return *core_; }

private:
    std::shared_ptr<const detail::event_core> core_;
};

/// An event that somebody caused and that is not a message.
class room_event : public webhook_event {
public:
    /// Who acted. An add-on has id 0 and its name here; nobody, where the host itself acted, has no
    /// name either.
    person sender() const { return sender_of_event(); }
    /// The add-on that acted; empty if a person did.
    std::optional<hipchat::client> client() const { return client_of_event(); }

protected:
    using webhook_event::webhook_event;
};

/// An event about a message.
class message_event : public webhook_event {
public:
    /// Who wrote it; a name only where the host gave no more.
    person sender() const { return sender_of_event(); }
    /// The message with all that is known of it.
    hipchat::message message() const;
    /// Its text; the same as message().text, cheaper.
    std::string text() const;
    /// Where the handler's pattern was found, with its groups; empty if it has none.
    const hipchat::match& match() const noexcept;

protected:
    using webhook_event::webhook_event;
};

/// A person came into a room.
class room_enter final : public room_event {
public:
    static constexpr std::string_view event_name = "room_enter";
    explicit room_enter(std::shared_ptr<const detail::event_core> core) noexcept
        : room_event(std::move(core)) {}
};

/// A person left a room.
class room_exit final : public room_event {
public:
    static constexpr std::string_view event_name = "room_exit";
    explicit room_exit(std::shared_ptr<const detail::event_core> core) noexcept
        : room_event(std::move(core)) {}
};

/// A person typed a message into a room.
class room_message final : public message_event {
public:
    static constexpr std::string_view event_name = "room_message";
    explicit room_message(std::shared_ptr<const detail::event_core> core) noexcept
        : message_event(std::move(core)) {}
};

/// An add-on posted a notification; its text is markup if message().format says so.
class room_notification final : public message_event {
public:
    static constexpr std::string_view event_name = "room_notification";
    explicit room_notification(std::shared_ptr<const detail::event_core> core) noexcept
        : message_event(std::move(core)) {}
};

/// A room has a new topic.
class room_topic_change final : public room_event {
public:
    static constexpr std::string_view event_name = "room_topic_change";
    explicit room_topic_change(std::shared_ptr<const detail::event_core> core) noexcept
        : room_event(std::move(core)) {}

    std::string topic() const;
};

/// A room was made.
class room_created final : public room_event {
public:
    static constexpr std::string_view event_name = "room_created";
    explicit room_created(std::shared_ptr<const detail::event_core> core) noexcept
        : room_event(std::move(core)) {}
};

/// A room was archived.
class room_archived final : public room_event {
public:
    static constexpr std::string_view event_name = "room_archived";
    explicit room_archived(std::shared_ptr<const detail::event_core> core) noexcept
        : room_event(std::move(core)) {}
};

/// An archived room is in use again.
class room_unarchived final : public room_event {
public:
    static constexpr std::string_view event_name = "room_unarchived";
    explicit room_unarchived(std::shared_ptr<const detail::event_core> core) noexcept
        : room_event(std::move(core)) {}
};

/// A room was deleted; nothing can be sent there any more.
class room_deleted final : public room_event {
public:
    static constexpr std::string_view event_name = "room_deleted";
    explicit room_deleted(std::shared_ptr<const detail::event_core> core) noexcept
        : room_event(std::move(core)) {}
};

/// Somebody sent a file into a room.
class room_file_upload final : public room_event {
public:
    static constexpr std::string_view event_name = "room_file_upload";
    explicit room_file_upload(std::shared_ptr<const detail::event_core> core) noexcept
        : room_event(std::move(core)) {}

    hipchat::file file() const;
};

/// The add-on was installed, and the tenant is stored.
class installed final {
public:
    explicit installed(std::shared_ptr<const detail::lifecycle_core> core) noexcept;

    hipchat::tenant tenant() const;
    /// The room of a room install; empty for a group.
    std::optional<hipchat::room> room() const;
    /// What was handed to the install link as relayState, if it came back with a redirect
    /// (addon-side.md 2.1, 2.4). Anyone can make such a link; empty if there was none.
    const std::string& relay_state() const noexcept;
    hipchat::log log() const noexcept;

private:
    std::shared_ptr<const detail::lifecycle_core> core_;
};

/// The add-on was uninstalled; the host has confirmed it and the tenant is gone.
class uninstalled final {
public:
    explicit uninstalled(std::shared_ptr<const detail::lifecycle_core> core) noexcept;

    hipchat::tenant tenant() const;
    hipchat::log log() const noexcept;

private:
    std::shared_ptr<const detail::lifecycle_core> core_;
};

}  // namespace hipchat
