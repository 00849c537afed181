#include "host/core/people.hpp"
#include "host/core/room_rows.hpp"
#include "host/import/context.hpp"
#include "host/import/members.hpp"
#include "host/import/rows.hpp"

namespace hipchat::host {
namespace {

using namespace exported;

std::optional<std::int64_t> public_room_named(connection& on, const std::string& name) {
    statement found = on.query(
        "SELECT id FROM rooms WHERE name = ? AND privacy = 'public' AND is_deleted = 0", name);
    if (!found.step()) return std::nullopt;
    return found.integer(0);
}

bool is_there(connection& on, std::int64_t id) {
    return on.query("SELECT 1 FROM rooms WHERE id = ? AND is_deleted = 0", id).step();
}

room room_in(const import_context& with, const json::object& from) {
    room made;
    made.name = tidy_name(text_in(from, "name")).value_or("");
    made.topic = text_in(from, "topic");
    // What is not said to be public is private.
    made.privacy = text_in(from, "privacy") == "public" ? "public" : "private";
    made.is_archived = is_true(from, "is_archived");
    made.created = time_in(from, "created").value_or(with.now);
    const auto owner = with.people.find(id_in(from, "owner"));
    if (owner != with.people.end()) made.owner_id = owner->second.id;
    return made;
}

void import_members(const import_context& with, const json::object& from, std::int64_t room_id) {
    const auto put = [&](const std::string& id, bool is_admin) {
        const auto who = with.people.find(id);
        if (who != with.people.end()) put_member(with.on, room_id, {who->second.id, is_admin});
    };
    for (const std::string& id : ids_in(from, "members"))
        put(id, false);
    for (const std::string& id : ids_in(from, "room_admins"))
        put(id, true);
    put(id_in(from, "owner"), true);
}

// A public room of that name becomes one with it. A private one does not: others belong to it.
std::optional<std::int64_t> make_room(import_context& with, const json::object& from) {
    room wanted = room_in(with, from);
    if (wanted.name.empty()) return std::nullopt;
    if (!wanted.is_private())
        if (const auto same = public_room_named(with.on, wanted.name)) {
            with.report.knew("rooms");
            return same;
        }
    const std::string name = wanted.name;
    std::optional<room> made = insert_room(with.on, wanted);
    for (int next = 2; !made; ++next) {
        wanted.name = name.substr(0, 30) + " (imported " + std::to_string(next) + ")";
        made = insert_room(with.on, wanted);
    }
    if (made->is_private()) import_members(with, from, made->id);
    with.report.took("rooms");
    return made->id;
}

void import_room(import_context& with, const json::object& from) {
    const std::string id = id_in(from, "id");
    const imported_key theirs{with.source, "room", id};
    const auto known = id.empty() ? std::nullopt : find_imported(with.on, theirs);
    if (known && is_there(with.on, *known)) {
        with.report.knew("rooms");
        with.rooms[id] = *known;
        return;
    }
    if (known) {
        with.report.left_out("rooms", "it was deleted here", text_in(from, "name"));
        return;
    }
    const auto ours = id.empty() ? std::nullopt : make_room(with, from);
    if (!ours) {
        with.report.left_out("rooms", "it has no id, or no name of 1 to 50 characters",
                             text_in(from, "name"));
        return;
    }
    remember_imported(with.on, theirs, *ours);
    with.rooms[id] = *ours;
}

}  // namespace

void import_rooms(import_context& with) {
    const auto document = read_document(with, "rooms.json");
    if (!document) return;
    with.on.run("BEGIN IMMEDIATE");
    for (const json::object* const each : list_of(*document, "Room"))
        import_room(with, *each);
    with.on.run("COMMIT");
    with.progress(std::to_string(with.rooms.size()) + " rooms");
}

}  // namespace hipchat::host
