#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/core/changes.hpp"
#include "host/core/dates.hpp"
#include "host/core/messages.hpp"
#include "host/core/people.hpp"
#include "host/import/context.hpp"
#include "host/import/members.hpp"
#include "protocol/html.hpp"
#include "protocol/sha256.hpp"

namespace hipchat::host {
namespace {

using namespace exported;

constexpr std::size_t at_once = 500;  // in one transaction
constexpr std::size_t longest_text = std::size_t{64} * 1024;
constexpr std::size_t longest_id = 64;
constexpr std::string_view network = "import";

/// One entry of a history.json.
struct entry {
    std::string_view kind;
    const json::object* said;
    wall_time at;
};

/// Where the history is.
struct place {
    std::string name;       ///< of the file in the archive
    std::string owner;      ///< their id of the room or person
    std::int64_t room = 0;  ///< ours; 0: of a person
};

bool is_plain(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
               || c == '-';
    });
}

// Theirs, or one that the same message gets again.
std::string message_id(const import_context& with, const place& where, const entry& one) {
    std::string id = id_in(*one.said, "id");
    if (!id.empty() && id.size() <= longest_id && is_plain(id)) return id;
    return protocol::hexadecimal(protocol::sha256(with.source + '\n' + where.name + '\n'
                                                  + json::serialize(*one.said)))
        .substr(0, 32);
}

bool is_there(connection& on, const std::string& id) {
    return on
        .query(
            "SELECT 1 FROM changes WHERE id = ? UNION ALL "
            "SELECT 1 FROM private_messages WHERE id = ?",
            id, id)
        .step();
}

// Who said it; an id of 0 if the export does not tell.
person sender_of(import_context& with, const json::object& said) {
    std::string name = text_in(said, "sender");
    if (const json::object* const who = object_in(said, "sender")) {
        const auto known = with.people.find(id_in(*who, "id"));
        if (known != with.people.end()) return known->second;
        name = text_in(*who, "name");
    }
    const auto tidy = tidy_name(name);
    return tidy ? former_person(with, *tidy) : person();
}

std::optional<std::string> place_of_attachment(const import_context& with, const place& where,
                                               const std::string& path) {
    const std::string own = where.room != 0 ? "rooms/" : "users/";
    auto found = with.from.find(own + where.owner + "/files/" + path);
    if (!found && where.room == 0) found = with.from.find("users/files/" + path);
    return found;
}

// Adds what was shared to the content. An export names files that it does not hold.
void attach(import_context& with, const place& where, const json::object& said,
            json::object& content) {
    const json::object* const file = object_in(said, "attachment");
    if (file == nullptr) return;
    const std::string path = text_in(*file, "path");
    const auto there = place_of_attachment(with, where, path);
    if (!there) {
        with.report.left_out("files", "it is not in the archive", path);
        return;
    }
    content["file"] = keep_file(with, {text_in(*file, "name"), ""}, *there);
    with.report.took("files");
}

json::object content_of(const std::string& id, const entry& one, std::string_view kind) {
    return {{"id", id}, {"at", write_date(one.at)}, {"kind", kind}};
}

std::optional<json::object> message_of(import_context& with, const place& where, const entry& one,
                                       const std::string& id) {
    const person who = sender_of(with, *one.said);
    if (who.id == 0) {
        with.report.left_out("messages", "it is not said who sent it", where.name);
        return std::nullopt;
    }
    json::object content = content_of(id, one, "message");
    content["person"] = to_json(who);
    content["text"] = text_in(*one.said, "message");
    content["origin_id"] = "";
    attach(with, where, *one.said, content);
    return content;
}

std::string color_of(const json::object& said) {
    constexpr std::array colors{"yellow", "green", "red", "purple", "gray"};
    const std::string given = text_in(said, "color");
    return std::ranges::find(colors, given) == colors.end() ? "yellow" : given;
}

json::object notification_of(const entry& one, const std::string& id) {
    const std::string text = text_in(*one.said, "message");
    const bool is_html = text_in(*one.said, "message_format") == "html";
    const json::object* const sender = object_in(*one.said, "sender");
    json::object content = content_of(id, one, "notification");
    content["color"] = color_of(*one.said);
    content["from"] = sender == nullptr ? text_in(*one.said, "sender") : text_in(*sender, "name");
    content["label"] = "";
    content["format"] = is_html ? "html" : "text";
    content["text"] = text;
    if (is_html) content["html"] = protocol::sanitize_html(text);
    content["notify"] = false;
    content["addon_key"] = "";
    return content;
}

void import_in_room(import_context& with, const place& where, const entry& one) {
    const bool is_message = one.kind == "UserMessage";
    const std::string_view what = is_message ? "messages" : "notifications";
    const std::string id = message_id(with, where, one);
    if (is_there(with.on, id)) {
        with.report.knew(what);
        return;
    }
    auto content = is_message ? message_of(with, where, one, id) : notification_of(one, id);
    if (!content) return;
    append_change(with.on, {.from = {std::string(network), std::nullopt},
                            .room_id = where.room,
                            .content = *std::move(content)});
    with.report.took(what);
}

// It is in the histories of both.
void import_between_two(import_context& with, const place& where, const entry& one) {
    const std::string id = message_id(with, where, one);
    if (is_there(with.on, id)) {
        with.report.knew("private messages");
        return;
    }
    const json::object* const receiver = object_in(*one.said, "receiver");
    const auto to =
        receiver == nullptr ? with.people.end() : with.people.find(id_in(*receiver, "id"));
    if (to == with.people.end()) {
        with.report.left_out("private messages", "its receiver is not in the export", where.name);
        return;
    }
    const std::int64_t to_id = to->second.id;
    auto content = message_of(with, where, one, id);
    if (!content) return;
    const std::int64_t from_id = content->at("person").at("id").to_number<std::int64_t>();
    append_private_message(with.on, from_id, to_id, {.content = *std::move(content)});
    with.report.took("private messages");
}

// What is of use, oldest first.
std::vector<entry> entries_of(import_context& with, const place& where,
                              const json::value& document) {
    std::vector<entry> all;
    if (!document.is_array()) return all;
    for (const json::value& each : document.get_array()) {
        if (!each.is_object() || each.get_object().empty()) continue;
        const auto& [kind, said] = *each.get_object().begin();
        const bool is_wanted = where.room != 0
                                   ? kind == std::string_view("UserMessage")
                                         || kind == std::string_view("NotificationMessage")
                                   : kind == std::string_view("PrivateUserMessage");
        if (!is_wanted || !said.is_object()) {
            with.report.left_out("entries of histories", "it is no message: " + std::string(kind),
                                 where.name);
            continue;
        }
        const auto at = time_in(said.get_object(), "timestamp");
        const std::string text = text_in(said.get_object(), "message");
        if (!at)
            with.report.left_out("messages", "it is not said when", where.name);
        else if (text.size() > longest_text)
            with.report.left_out("messages", "it is longer than 64 KiB", where.name);
        else
            all.push_back({kind, &said.get_object(), *at});
    }
    std::ranges::stable_sort(all, {}, &entry::at);
    return all;
}

void import_one(import_context& with, const place& where) {
    const auto document = read_document(with, where.name);
    if (!document) return;
    const std::vector<entry> all = entries_of(with, where, *document);
    for (std::size_t done = 0; done < all.size(); done += at_once) {
        with.on.run("BEGIN IMMEDIATE");
        for (std::size_t i = done; i < std::min(done + at_once, all.size()); ++i)
            where.room != 0 ? import_in_room(with, where, all[i])
                            : import_between_two(with, where, all[i]);
        with.on.run("COMMIT");
    }
    with.progress(where.name + ": " + std::to_string(all.size()) + " messages");
}

}  // namespace

void import_history(import_context& with) {
    for (const auto& [name, path] : with.from.all()) {
        if (!name.ends_with("/history.json")) continue;
        const std::size_t begin = name.find('/') + 1;
        place where{name, name.substr(begin, name.find('/', begin) - begin)};
        if (name.starts_with("rooms/")) {
            const auto known = with.rooms.find(where.owner);
            if (known == with.rooms.end()) {
                with.report.left_out("histories", "its room was not taken", name);
                continue;
            }
            where.room = known->second;
        }
        import_one(with, where);
    }
}

}  // namespace hipchat::host
