#include "host/core/person_rows.hpp"

#include <utility>

#include "host/core/dates.hpp"
#include "host/core/people.hpp"

namespace hipchat::host {
namespace {

constexpr const char* by_name =
    "SELECT id, name, mention_name, email, title, timezone, role, is_deleted, created, "
    "photo, presence_show, presence_status, last_active, guest_room FROM people WHERE name = ?";
constexpr const char* everybody =
    "SELECT id, name, mention_name, email, title, timezone, role, is_deleted, created, "
    "photo, presence_show, presence_status, last_active, guest_room FROM people ORDER BY id";

person read_person(const statement& row) {
    person read;
    read.id = row.integer(0);
    read.name = row.text(1);
    read.mention_name = row.text(2);
    read.email = row.text(3);
    read.title = row.text(4);
    read.timezone = row.text(5);
    read.standing = role_named(row.text(6)).value_or(role::guest);
    read.is_deleted = row.integer(7) != 0;
    read.created = from_column(row.integer(8));
    read.photo = row.text(9);
    read.status = {row.text(10), row.text(11)};
    read.last_active = read_date(row.text(12));
    read.guest_room = row.integer(13);
    return read;
}

std::string free_mention_name(connection& on, const std::string& wanted) {
    std::string mention = wanted;
    for (int next = 2;; ++next) {
        if (!on.query("SELECT 1 FROM people WHERE mention_name = ?", mention).step())
            return mention;
        mention = wanted + std::to_string(next);
    }
}

bool is_taken(connection& on, const person& by) {
    return on
        .query(
            "SELECT 1 FROM people WHERE (name = ? OR mention_name = ? "
            "OR (email <> '' AND email = ?)) AND id <> ?",
            by.name, by.mention_name, by.email, by.id)
        .step();
}

}  // namespace

std::vector<person> read_people(connection& on) {
    std::vector<person> read;
    statement rows = on.query(everybody);
    while (rows.step())
        read.push_back(read_person(rows));
    return read;
}

person find_or_make(connection& on, const std::string& name, wall_time now) {
    statement found = on.query(by_name, name);
    if (found.step()) {
        person known = read_person(found);
        if (std::exchange(known.is_deleted, false))
            on.run("UPDATE people SET is_deleted = 0 WHERE id = ?", known.id);
        return known;
    }
    person made;
    made.name = name;
    made.mention_name = free_mention_name(on, mention_name_of(name));
    made.created = now;
    on.run("INSERT INTO people(name, mention_name, created) VALUES (?, ?, ?)", made.name,
           made.mention_name, to_column(now));
    made.id = on.last_insert_id();
    return made;
}

std::optional<person> insert_person(connection& on, person made) {
    if (made.mention_name.empty())
        made.mention_name = free_mention_name(on, mention_name_of(made.name));
    if (is_taken(on, made)) return std::nullopt;
    on.run("INSERT INTO people(name, mention_name, created) VALUES (?, ?, ?)", made.name,
           made.mention_name, to_column(made.created));
    made.id = on.last_insert_id();
    update_person(on, made);
    return made;
}

bool update_person(connection& on, const person& changed) {
    if (is_taken(on, changed)) return false;
    return on.run(
               "UPDATE people SET name = ?, mention_name = ?, email = ?, title = ?, timezone = ?, "
               "role = ?, is_deleted = ?, photo = ?, presence_show = ?, "
               "presence_status = ?, guest_room = ? WHERE id = ?",
               changed.name, changed.mention_name, changed.email, changed.title, changed.timezone,
               std::string(to_string(changed.standing)), changed.is_deleted ? 1 : 0, changed.photo,
               changed.status.show, changed.status.status, changed.guest_room, changed.id)
           == 1;
}

}  // namespace hipchat::host
