#include "host/core/room_rows.hpp"

#include <utility>

namespace hipchat::host {
namespace {

// No room can be given a name that begins with a control character.
constexpr const char* free_the_name =
    "UPDATE rooms SET is_deleted = 1, name = char(1) || id WHERE id = ? AND is_deleted = 0";

bool is_taken(connection& on, const room& by) {
    return on.query("SELECT 1 FROM rooms WHERE name = ? AND id <> ?", by.name, by.id).step();
}

}  // namespace

std::vector<room> read_rooms(connection& on) {
    std::vector<room> read;
    statement rows = on.query(
        "SELECT id, group_id, name, topic, privacy, is_archived, created, owner_id, "
        "is_guest_accessible, guest_token, delegate_admin_visibility, avatar "
        "FROM rooms WHERE is_deleted = 0 ORDER BY id");
    while (rows.step()) {
        room each;
        each.id = rows.integer(0);
        each.group_id = rows.integer(1);
        each.name = rows.text(2);
        each.topic = rows.text(3);
        each.privacy = rows.text(4);
        each.is_archived = rows.integer(5) != 0;
        each.created = from_column(rows.integer(6));
        each.owner_id = rows.integer(7);
        each.is_guest_accessible = rows.integer(8) != 0;
        each.guest_token = rows.text(9);
        if (const auto delegates = rows.optional_integer(10))
            each.delegate_admin_visibility = *delegates != 0;
        each.avatar = rows.text(11);
        read.push_back(std::move(each));
    }
    return read;
}

std::optional<room> insert_room(connection& on, room made) {
    if (is_taken(on, made)) return std::nullopt;
    on.run("INSERT INTO rooms(group_id, name, created) VALUES (?, ?, ?)", made.group_id, made.name,
           to_column(made.created));
    made.id = on.last_insert_id();
    update_room(on, made);
    if (made.is_private() && made.owner_id != 0) put_member(on, made.id, {made.owner_id, true});
    return made;
}

bool update_room(connection& on, const room& changed) {
    if (is_taken(on, changed)) return false;
    std::optional<std::int64_t> delegates;
    if (changed.delegate_admin_visibility) delegates = *changed.delegate_admin_visibility ? 1 : 0;
    return on.run(
               "UPDATE rooms SET name = ?, topic = ?, privacy = ?, is_archived = ?, owner_id = ?, "
               "is_guest_accessible = ?, guest_token = ?, delegate_admin_visibility = ?, "
               "avatar = ? WHERE id = ? AND is_deleted = 0",
               changed.name, changed.topic, changed.privacy, changed.is_archived ? 1 : 0,
               changed.owner_id, changed.is_guest_accessible ? 1 : 0, changed.guest_token,
               delegates, changed.avatar, changed.id)
           == 1;
}

bool delete_room(connection& on, std::int64_t id) {
    if (on.run(free_the_name, id) == 0) return false;
    on.run("DELETE FROM presence WHERE room_id = ?", id);
    on.run("DELETE FROM members WHERE room_id = ?", id);
    return true;
}

std::vector<std::pair<std::int64_t, member>> read_members(connection& on) {
    std::vector<std::pair<std::int64_t, member>> read;
    statement rows = on.query("SELECT room_id, person_id, is_admin FROM members");
    while (rows.step())
        read.emplace_back(rows.integer(0), member{rows.integer(1), rows.integer(2) != 0});
    return read;
}

void put_member(connection& on, std::int64_t room_id, member one) {
    on.run("INSERT OR REPLACE INTO members(room_id, person_id, is_admin) VALUES (?, ?, ?)", room_id,
           one.person_id, one.is_admin ? 1 : 0);
}

bool remove_member(connection& on, std::int64_t room_id, std::int64_t person_id) {
    return on.run("DELETE FROM members WHERE room_id = ? AND person_id = ?", room_id, person_id)
           == 1;
}

}  // namespace hipchat::host
