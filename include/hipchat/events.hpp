#pragma once

#include <boost/json/fwd.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

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
    /// The whole payload as it came; include <hipchat/json.hpp> to look into it.
    const boost::json::object& json() const noexcept;

protected:
    explicit webhook_event(std::shared_ptr<const detail::event_core> core) noexcept;
    hipchat::person sender_of_event() const;
    const detail::event_core& core() const noexcept { return *core_; }

private:
    std::shared_ptr<const detail::event_core> core_;
};

/// A person came into a room.
class room_enter final : public webhook_event {
public:
    static constexpr std::string_view event_name = "room_enter";
    explicit room_enter(std::shared_ptr<const detail::event_core> core) noexcept
        : webhook_event(std::move(core)) {}

    person sender() const { return sender_of_event(); }
};

/// A person left a room.
class room_exit final : public webhook_event {
public:
    static constexpr std::string_view event_name = "room_exit";
    explicit room_exit(std::shared_ptr<const detail::event_core> core) noexcept
        : webhook_event(std::move(core)) {}

    person sender() const { return sender_of_event(); }
};

/// A person typed a message into a room.
class room_message final : public webhook_event {
public:
    static constexpr std::string_view event_name = "room_message";
    explicit room_message(std::shared_ptr<const detail::event_core> core) noexcept
        : webhook_event(std::move(core)) {}

    person sender() const { return sender_of_event(); }
    /// What was typed.
    std::string text() const;
};

/// The add-on was installed, and the tenant is stored.
class installed final {
public:
    explicit installed(std::shared_ptr<const detail::lifecycle_core> core) noexcept;

    hipchat::tenant tenant() const;
    /// The room of a room install; empty for a group.
    std::optional<hipchat::room> room() const;

private:
    std::shared_ptr<const detail::lifecycle_core> core_;
};

/// The add-on was uninstalled; the host has confirmed it and the tenant is gone.
class uninstalled final {
public:
    explicit uninstalled(std::shared_ptr<const detail::lifecycle_core> core) noexcept;

    hipchat::tenant tenant() const;

private:
    std::shared_ptr<const detail::lifecycle_core> core_;
};

}  // namespace hipchat
