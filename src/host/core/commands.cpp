#include "host/core/commands.hpp"

#include <array>
#include <utility>

#include "base/random.hpp"
#include "host/core/dates.hpp"
#include "protocol/html.hpp"
#include "protocol/message.hpp"

namespace hipchat::host {
namespace {

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

void describe(json::object& content, const client& sender, const notification& what) {
    const std::string_view id = content.at("id").as_string();
    content["color"] = protocol::to_string(decided(what.background(), id));
    content["from"] = sender.sender_name();
    content["label"] = what.label();
    content["format"] = what.format() == message_format::html ? "html" : "text";
    content["text"] = what.message();
    if (what.format() == message_format::html)
        content["html"] = protocol::sanitize_html(what.message());
    content["notify"] = what.notifies();
    content["addon_key"] = sender.descriptor.key;
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

task<change> commands::say(origin from, std::int64_t room_id, person who, std::string text,
                           std::string origin_id) {
    change_draft entry = draft(std::move(from), room_id, "message");
    entry.content["person"] = to_json(who);
    entry.content["text"] = text;
    entry.content["origin_id"] = origin_id;
    const auto write = [entry](connection& on) { return append_change(on, entry).made; };
    task<change> writing = store_.write(write);
    change made = co_await writing;
    feed_.wake();
    co_return made;
}

task<std::optional<change>> commands::notify(origin from, std::int64_t room_id, client_ptr sender,
                                             notification what) {
    change_draft entry = draft(std::move(from), room_id, "notification");
    entry.actor = sender->oauth_id;
    describe(entry.content, *sender, what);
    const auto write = [entry](connection& on) -> std::optional<change> {
        statement known = on.query(
            "SELECT 1 FROM clients WHERE oauth_id = ? AND state <> 'revoked'", entry.actor);
        if (!known.step()) return std::nullopt;
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
