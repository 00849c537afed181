#include "host/core/people.hpp"

#include <utility>

#include "base/random.hpp"
#include "host/core/person_rows.hpp"
#include "host/core/pictures.hpp"
#include "host/import/context.hpp"
#include "host/import/members.hpp"
#include "host/import/rows.hpp"
#include "protocol/base64url.hpp"

namespace hipchat::host {
namespace {

using namespace exported;

constexpr std::size_t most_picture_bytes = std::size_t{5} * 1024 * 1024;

std::optional<person> person_with(connection& on, std::int64_t id) {
    for (person& each : read_people(on))
        if (each.id == id) return std::move(each);
    return std::nullopt;
}

std::optional<std::int64_t> id_by_email(connection& on, const std::string& email) {
    if (email.empty()) return std::nullopt;
    statement found = on.query("SELECT id FROM people WHERE email = ?", email);
    if (!found.step()) return std::nullopt;
    return found.integer(0);
}

// A name or mention name that nobody has: with a number behind it, if need be.
person with_free_names(connection& on, person made) {
    const std::string name = made.name;
    for (int next = 2; on.query("SELECT 1 FROM people WHERE name = ?", made.name).step(); ++next)
        made.name = name.substr(0, 40) + " " + std::to_string(next);
    if (on.query("SELECT 1 FROM people WHERE mention_name = ?", made.mention_name).step())
        made.mention_name.clear();
    return made;
}

person person_in(const json::object& user, wall_time now) {
    person made;
    made.name = tidy_name(text_in(user, "name")).value_or("");
    made.mention_name = text_in(user, "mention_name");
    if (!is_mention_name(made.mention_name)) made.mention_name.clear();
    made.email = text_in(user, "email").substr(0, 254);
    made.title = text_in(user, "title").substr(0, 200);
    if (const std::string zone = text_in(user, "timezone"); !zone.empty())
        made.timezone = zone.substr(0, 64);
    made.created = time_in(user, "created").value_or(now);
    made.is_deleted = is_true(user, "is_deleted");
    const std::string type = text_in(user, "account_type");
    if (type == "admin") made.standing = role::admin;
    if (type == "guest") made.is_deleted = true;  // a guest here belongs to one room
    return made;
}

void take_picture(import_context& with, person& of, const json::object& user) {
    const std::string text = text_in(user, "avatar");
    if (text.empty() || !of.photo.empty()) return;
    const auto bytes = protocol::base64_decode(text);
    const std::string_view type =
        bytes && bytes->size() <= most_picture_bytes ? picture_type_of(*bytes) : "";
    if (type.empty()) {
        with.report.left_out("pictures", "it is no PNG, JPEG, GIF or WebP of up to 5 MiB", of.name);
        return;
    }
    of.photo = keep_bytes(with, {"photo", std::string(type)}, *bytes);
    update_person(with.on, of);
    with.report.took("pictures");
}

// Somebody whom the host knows stays as they are.
void import_person(import_context& with, const json::object& user) {
    const std::string id = id_in(user, "id");
    person wanted = person_in(user, with.now);
    if (id.empty() || wanted.name.empty()) {
        with.report.left_out("people", "they have no id, or no name of 1 to 50 characters",
                             text_in(user, "name"));
        return;
    }
    const imported_key theirs{with.source, "person", id};
    auto known = find_imported(with.on, theirs);
    const bool came_before = known.has_value();
    if (!known) known = id_by_email(with.on, wanted.email);
    std::optional<person> is;
    if (known) is = person_with(with.on, *known);
    if (is) {
        with.report.knew("people");
    } else {
        is = insert_person(with.on, with_free_names(with.on, wanted));
        if (!is) {
            with.report.left_out("people", "their names are taken", wanted.name);
            return;
        }
        with.report.took("people");
        take_picture(with, *is, user);
    }
    if (!came_before) remember_imported(with.on, theirs, is->id);
    with.people.insert_or_assign(id, *std::move(is));
}

}  // namespace

void import_people(import_context& with) {
    const auto document = read_document(with, "users.json");
    if (!document) return;
    with.on.run("BEGIN IMMEDIATE");
    for (const json::object* const each : list_of(*document, "User"))
        import_person(with, *each);
    with.on.run("COMMIT");
    with.progress(std::to_string(with.people.size()) + " people");
}

person former_person(import_context& with, const std::string& name) {
    const std::string key = "name:" + name;
    const auto met = with.people.find(key);
    if (met != with.people.end()) return met->second;
    const imported_key theirs{with.source, "person", key};
    std::optional<person> is;
    if (const auto known = find_imported(with.on, theirs)) is = person_with(with.on, *known);
    if (!is) {
        person made;
        made.name = name;
        made.created = with.now;
        made.is_deleted = true;
        is = insert_person(with.on, with_free_names(with.on, std::move(made)));
        if (!is) return {};
        remember_imported(with.on, theirs, is->id);
        with.report.took("people");
    }
    return with.people.insert_or_assign(key, *std::move(is)).first->second;
}

}  // namespace hipchat::host
