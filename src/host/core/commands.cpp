#include "host/core/commands.hpp"

#include <array>
#include <utility>

#include "base/random.hpp"
#include "host/core/dates.hpp"
#include "protocol/html.hpp"
#include "protocol/message.hpp"

namespace hipchat::host {
namespace {

constexpr std::chrono::hours editable_for{24};  // host-side.md 10

change_draft new_draft(origin from, std::int64_t room_id, std::string_view kind, wall_time now) {
    return {.from = std::move(from),
            .room_id = room_id,
            .content = {{"id", random_uuid()}, {"at", write_date(now)}, {"kind", kind}}};
}

// "random" is decided once, so that everybody sees the same (addon-side.md 8.1).
color decided(color chosen, std::string_view message_id) {
    if (chosen != color::random) return chosen;
    constexpr std::array colors{color::yellow, color::green, color::red, color::purple,
                                color::gray};
    return colors.at(static_cast<unsigned char>(message_id.back()) % colors.size());
}

void describe(json::object& content, const notifier& sender, const notification& what) {
    const std::string_view id = content.at("id").as_string();
    content["color"] = protocol::to_string(decided(what.background(), id));
    content["from"] = sender.name;
    content["label"] = what.label();
    content["format"] = what.format() == message_format::html ? "html" : "text";
    content["text"] = what.message();
    if (what.format() == message_format::html)
        content["html"] = protocol::sanitize_html(what.message());
    content["notify"] = what.notifies();
    if (!what.attached_to().empty()) content["attach_to"] = what.attached_to();
    content["addon_key"] = sender.client ? sender.client->descriptor.key : "";
}

void describe(json::object& content, const person& who, const said& what) {
    content["person"] = to_json(who);
    content["text"] = what.text;
    content["origin_id"] = what.origin_id;
    for (const auto& [name, value] : what.attached)
        content[name] = value;
}

// HTML in a card is as little trusted as that of a message.
void clean(json::object& card) {
    json::value* const description = card.if_contains("description");
    if (description != nullptr && description->is_object()) {
        json::object& inner = description->get_object();
        if (inner.at("format") == "html")
            inner["value"] = protocol::sanitize_html(inner.at("value").get_string());
    }
    json::value* const activity = card.if_contains("activity");
    if (activity != nullptr && activity->is_object()) {
        json::object& inner = activity->get_object();
        inner["html"] = protocol::sanitize_html(inner.at("html").get_string());
    }
}

bool is_installed(connection& on, const std::string& oauth_id) {
    return on.query("SELECT 1 FROM clients WHERE oauth_id = ? AND state <> 'revoked'", oauth_id)
        .step();
}

}  // namespace

change_draft commands::draft(origin from, std::int64_t room_id, std::string_view kind) const {
    return new_draft(std::move(from), room_id, kind, time_.now());
}

task<std::optional<change>> commands::enter(origin from, std::int64_t room_id, person who) {
    return move("INSERT OR IGNORE INTO presence(room_id, person_id) VALUES (?, ?)",
                draft(std::move(from), room_id, "enter"), std::move(who));
}

task<std::optional<change>> commands::leave(origin from, std::int64_t room_id, person who) {
    return move("DELETE FROM presence WHERE room_id = ? AND person_id = ?",
                draft(std::move(from), room_id, "exit"), std::move(who));
}

task<std::optional<change>> commands::move(std::string_view presence, change_draft entry,
                                           person who) {
    entry.content["person"] = to_json(who);
    const auto write = [entry, presence, id = who.id](connection& on) -> std::optional<change> {
        if (on.run(presence, entry.room_id, id) == 0) return std::nullopt;
        return append_change(on, entry).made;
    };
    task<std::optional<change>> writing = store_.write(write);
    std::optional<change> made = co_await writing;
    if (made) {
        task<> reaching = feed_.reach(made->seq);
        co_await reaching;
    }
    co_return made;
}

task<change> commands::say(origin from, std::int64_t room_id, person who, said what) {
    change_draft entry = draft(std::move(from), room_id, "message");
    describe(entry.content, who, what);
    const auto write = [entry](connection& on) { return append_change(on, entry).made; };
    task<change> writing = store_.write(write);
    change made = co_await writing;
    feed_.wake();
    co_return made;
}

task<change> commands::say_to(person who, person to, said what) {
    change_draft entry = draft({"rest", std::nullopt}, 0, "message");
    describe(entry.content, who, what);
    const auto write = [entry, from_id = who.id, to_id = to.id](connection& on) {
        append_private_message(on, from_id, to_id, entry);
    };
    task<> writing = store_.write(write);
    co_await writing;
    co_return change{.content = entry.content};
}

task<edit_result> commands::edit(std::int64_t room_id, std::string message_id, person who,
                                 std::optional<std::string> text) {
    change_draft entry =
        draft({"edit", std::nullopt}, room_id, text ? "message_edited" : "message_deleted");
    entry.content["message_id"] = message_id;
    entry.content["person"] = to_json(who);
    if (text) entry.content["text"] = *text;
    const std::string earliest = write_date(time_.now() - editable_for);
    const auto write = [room_id, message_id, who, text, earliest, entry](connection& on) {
        return edit_message(on, room_id, message_id, who, text, earliest, entry);
    };
    task<edit_result> writing = store_.write(write);
    const edit_result came_of_it = co_await writing;
    if (came_of_it == edit_result::done) feed_.wake();
    co_return came_of_it;
}

task<change> commands::invite(std::int64_t room_id, std::string by, person invited,
                              std::string reason) {
    change_draft entry = draft({"invite", std::nullopt}, room_id, "invited");
    entry.content["person"] = to_json(invited);
    entry.content["by"] = by;
    entry.content["reason"] = reason;
    const auto write = [entry](connection& on) { return append_change(on, entry).made; };
    task<change> writing = store_.write(write);
    change made = co_await writing;
    feed_.wake();
    co_return made;
}

task<std::optional<change>> commands::notify(origin from, std::int64_t room_id, notifier sender,
                                             posting what) {
    change_draft entry = draft(std::move(from), room_id, "notification");
    if (sender.client) entry.actor = sender.client->oauth_id;
    describe(entry.content, sender, what.what);
    if (what.card) {
        clean(*what.card);
        entry.content["card"] = *std::move(what.card);
    }
    const auto write = [entry](connection& on) -> std::optional<change> {
        if (!entry.actor.empty() && !is_installed(on, entry.actor)) return std::nullopt;
        return append_change(on, entry).made;
    };
    task<std::optional<change>> writing = store_.write(write);
    std::optional<change> made = co_await writing;
    if (made) feed_.wake();
    co_return made;
}

void close_presence(connection& on, wall_time now) {
    statement rows = on.query(
        "SELECT room_id, people.id, name, mention_name FROM presence "
        "JOIN people ON people.id = person_id ORDER BY room_id, people.id");
    while (rows.step()) {
        change_draft entry = new_draft({"start", std::nullopt}, rows.integer(0), "exit", now);
        entry.content["person"] = to_json(person{rows.integer(1), rows.text(2), rows.text(3)});
        append_change(on, std::move(entry));
    }
    on.run("DELETE FROM presence");
}

}  // namespace hipchat::host
