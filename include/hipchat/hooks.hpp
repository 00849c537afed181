#pragma once

#include <concepts>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "hipchat/command.hpp"
#include "hipchat/descriptor.hpp"
#include "hipchat/events.hpp"
#include "hipchat/handler.hpp"

namespace hipchat {

class hook;
class slash_command;

namespace detail {

struct declaration;
struct hook;

/// Where a declared handler goes.
struct declared_at {
    declaration* all = nullptr;
    hook* one = nullptr;
};

declared_at declare_hook(declaration& all, std::string_view event, std::string pattern,
                         erased_handler<event_core> handler);
declared_at declare_command(declaration& all, command_info about,
                            erased_handler<event_core> handler);
void declare_sub_command(hook& to, command_info about, erased_handler<event_core> handler);
declared_at declare_dynamic_webhook(declaration& all, std::string_view event, std::string name,
                                    erased_handler<event_core> handler);
void declare_durable(hook& one) noexcept;

/// The declarations of webhooks, which an add-on has, and each hook again so that they can be
/// chained.
///
/// A handler takes a reference to its event. When it returns void or task<>, the host is answered
/// at once and the handler's work goes on; when it returns a notification (or text, or a task of
/// one), the host waits and posts the answer. An answer that takes longer than AC_REPLY_DEADLINE is
/// posted by the add-on itself, if its scopes have send_notification.
template <class Self, class Hook, class Command>
class hears_events {
public:
    /// Calls `handler` when a person comes into a room.
    template <class Handler>
    Hook on_room_enter(Handler handler) {
        return listen<room_enter>({}, std::move(handler));
    }

    /// Calls `handler` when a person leaves a room.
    template <class Handler>
    Hook on_room_exit(Handler handler) {
        return listen<room_exit>({}, std::move(handler));
    }

    /// Calls `handler` for every message that people type.
    template <class Handler>
    Hook on_room_message(Handler handler) {
        return listen<room_message>({}, std::move(handler));
    }

    /// The same.
    template <class Handler>
    Hook on_message(Handler handler) {
        return listen<room_message>({}, std::move(handler));
    }

    /// Calls `handler` for messages in which `pattern` is found (addon-side.md 5.2): found anywhere
    /// unless anchored, case matters unless it begins with (?i). event.match() has the groups. The
    /// host searches first; what it delivers is searched again here.
    template <class Handler>
    Hook on_message(std::string pattern, Handler handler) {
        return listen<room_message>(std::move(pattern), std::move(handler));
    }

    /// Calls `handler` for the notifications of other add-ons. A handler that answers with a
    /// notification can talk with another add-on without end.
    template <class Handler>
    Hook on_room_notification(Handler handler) {
        return listen<room_notification>({}, std::move(handler));
    }

    /// The same.
    template <class Handler>
    Hook on_notification(Handler handler) {
        return listen<room_notification>({}, std::move(handler));
    }

    /// Calls `handler` for the notifications in whose text `pattern` is found; as on_message.
    template <class Handler>
    Hook on_notification(std::string pattern, Handler handler) {
        return listen<room_notification>(std::move(pattern), std::move(handler));
    }

    /// Calls `handler` when a room gets a new topic.
    template <class Handler>
    Hook on_room_topic_change(Handler handler) {
        return listen<room_topic_change>({}, std::move(handler));
    }

    /// Calls `handler` when a room is made.
    template <class Handler>
    Hook on_room_created(Handler handler) {
        return listen<room_created>({}, std::move(handler));
    }

    /// Calls `handler` when a room is archived.
    template <class Handler>
    Hook on_room_archived(Handler handler) {
        return listen<room_archived>({}, std::move(handler));
    }

    /// Calls `handler` when an archived room is in use again.
    template <class Handler>
    Hook on_room_unarchived(Handler handler) {
        return listen<room_unarchived>({}, std::move(handler));
    }

    /// Calls `handler` when a room is deleted.
    template <class Handler>
    Hook on_room_deleted(Handler handler) {
        return listen<room_deleted>({}, std::move(handler));
    }

    /// Calls `handler` when a file is sent into a room.
    template <class Handler>
    Hook on_room_file_upload(Handler handler) {
        return listen<room_file_upload>({}, std::move(handler));
    }

    /// Calls `handler` for the webhooks that are added to rooms under `name` while the add-on runs,
    /// for example by `event.room().add_webhook("record")`; the descriptor does not have them.
    /// Scope: admin_room.
    /// @tparam Event what they deliver: room_message, room_enter …
    /// @param name 1 to 100 characters; hosts see it too
    template <class Event, class Handler>
    Hook dynamic_webhook(std::string name, Handler handler) {
        static_assert(std::derived_from<Event, webhook_event> && !std::same_as<Event, command_call>,
                      "a dynamic webhook delivers one of the ten events of hipchat/events.hpp");
        return self().add_dynamic_webhook(Event::event_name, std::move(name),
                                          erase_handler<Event, event_core>(std::move(handler)));
    }

    /// Calls `handler` with a command_call when a message begins with `name`, for example
    /// "/standup". The command stands in the descriptor too.
    template <std::convertible_to<std::string> Name, class Handler>
    Command command(Name name, Handler handler) {
        command_info about;
        about.name = std::move(name);
        return command(std::move(about), std::move(handler));
    }

    /// The same with aliases, and with a usage ("[PERSON]": what follows the name) and a
    /// description for its help. With sub-commands, `handler` gets the command alone.
    template <class Handler>
    Command command(command_info about, Handler handler) {
        return self().add_command(std::move(about),
                                  erase_handler<command_call, event_core>(std::move(handler)));
    }

    /// A command that does nothing but by its sub-commands.
    Command command(command_info about) { return self().add_command(std::move(about), {}); }

private:
    friend Self;
    hears_events() = default;

    Self& self() noexcept { return static_cast<Self&>(*this); }

    template <class Event, class Handler>
    Hook listen(std::string pattern, Handler handler) {
        return self().add_hook(Event::event_name, std::move(pattern),
                               erase_handler<Event, event_core>(std::move(handler)));
    }
};

}  // namespace detail

/// A handler that was declared. Valid as long as its add-on; moving the add-on does not matter.
class hook : public detail::hears_events<hook, hook, slash_command> {
public:
    explicit hook(detail::declared_at at) noexcept : at_(at) {}

    /// Stores each delivery before the host is told that it arrived, and runs the handler at least
    /// once: again after a crash, a restart or a throw, later and later, up to 8 times
    /// (event.attempt()). A command's sub-commands with it. The handler must not answer: returning
    /// void or task<>, else the add-on does not start.
    ///
    ///     bot.on_message("^/order", place_order).durable();
    hook durable() const {
        detail::declare_durable(*at_.one);
        return *this;
    }

protected:
    const detail::declared_at& at() const noexcept { return at_; }

private:
    template <class Self, class Hook, class Command>
    friend class detail::hears_events;

    hook add_hook(std::string_view event, std::string pattern,
                  detail::erased_handler<detail::event_core> handler) const;
    hook add_dynamic_webhook(std::string_view event, std::string name,
                             detail::erased_handler<detail::event_core> handler) const;
    slash_command add_command(command_info about,
                              detail::erased_handler<detail::event_core> handler) const;

    detail::declared_at at_;
};

/// A slash command that was declared.
class slash_command : public hook {
public:
    using hook::hook;

    slash_command durable() const {
        hook::durable();
        return *this;
    }

    /// Calls `handler` instead when `about.name` is the word after the command. A command with
    /// sub-commands answers "help", and words that are none of them, with how it is used.
    /// @param about name: one word; usage and description as for a command; aliases
    template <class Handler>
    slash_command& sub(command_info about, Handler handler) {
        detail::declare_sub_command(
            *at().one, std::move(about),
            detail::erase_handler<command_call, detail::event_core>(std::move(handler)));
        return *this;
    }
    template <std::convertible_to<std::string> Name, class Handler>
    slash_command& sub(Name name, Handler handler) {
        command_info about;
        about.name = std::move(name);
        return sub(std::move(about), std::move(handler));
    }
};

}  // namespace hipchat
