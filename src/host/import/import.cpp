#include "host/import/import.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "base/random.hpp"
#include "hipchat/errors.hpp"
#include "host/api/file_name.hpp"
#include "host/api/refusal.hpp"
#include "host/core/changes.hpp"
#include "host/core/deliveries.hpp"
#include "host/core/disk.hpp"
#include "host/core/file_rows.hpp"
#include "host/core/pictures.hpp"
#include "host/data_folder.hpp"
#include "host/import/context.hpp"
#include "host/import/members.hpp"
#include "storage/sqlite/migrate.hpp"

namespace hipchat::host {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t id_length = 32;
constexpr std::size_t first_bytes = 16;  // enough to know a picture

std::string bytes_of(const std::string& path) {
    std::ifstream from(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(from), {}};
}

std::string first_bytes_of(const std::string& path) {
    std::string begin(first_bytes, '\0');
    std::ifstream from(path, std::ios::binary);
    from.read(begin.data(), std::ssize(begin));
    begin.resize(static_cast<std::size_t>(from.gcount()));
    return begin;
}

std::string tidy(const std::string& name) {
    try {
        return tidy_file_name(name);
    } catch (const refusal&) {
        return "file";
    }
}

// Add-ons hear nothing of what was said long ago: the planner of deliveries begins behind it. What
// it had not seen before the import would be passed over too, so there must be nothing of that.
void require_planned(connection& on) {
    const bool has_addons = on.query("SELECT 1 FROM clients WHERE state = 'installed'").step();
    if (has_addons && planned_until(on) < newest_change(on))
        throw config_error(
            "the host has not told its add-ons yet of all that was said; start it, wait a moment, "
            "stop it, and import then");
}

using activity = std::map<std::int64_t, std::string>;

activity read_activity_of_people(connection& on) {
    activity last;
    statement rows = on.query("SELECT id, last_active FROM people");
    while (rows.step())
        last[rows.integer(0)] = rows.text(1);
    return last;
}

void finish(connection& on, const activity& before) {
    on.run("BEGIN IMMEDIATE");
    write_cursor(on, "deliveries", newest_change(on));
    for (const auto& [id, last] : before)
        on.run("UPDATE people SET last_active = ? WHERE id = ? AND last_active < ?", last, id,
               last);
    on.run("COMMIT");
}

constexpr std::string_view unpacked_name = "import-";

// What an import that was killed has left behind.
void clear(const std::string& folder) {
    for (const fs::directory_entry& each : fs::directory_iterator(folder)) {
        std::error_code ignored;
        if (each.is_directory() && each.path().filename().string().starts_with(unpacked_name))
            fs::remove_all(each.path(), ignored);
    }
}

void say_what_is_not_for_us(import_context& with) {
    const auto emoticons = read_document(with, "emoticons.json");
    if (!emoticons) return;
    for (const json::object* const each : exported::list_of(*emoticons, "Emoticon"))
        with.report.left_out("emoticons", "the host has emoticons of its own only",
                             exported::text_in(*each, "shortcut"));
}

}  // namespace

std::optional<json::value> read_document(import_context& with, const std::string& name) {
    const auto where = with.from.find(name);
    if (!where) return std::nullopt;
    boost::system::error_code flaw;
    json::value read = json::parse(bytes_of(*where), flaw);
    if (!flaw) return read;
    with.report.left_out("documents", "it is not JSON", name);
    return std::nullopt;
}

std::string keep_bytes(import_context& with, const imported_file& what, std::string_view bytes) {
    const kept_file made{random_alphanumeric(id_length), tidy(what.name), what.content_type,
                         static_cast<std::int64_t>(bytes.size())};
    write_file(with.files_folder + "/" + made.id, bytes);
    insert_file(with.on, made, with.now);
    return made.path();
}

json::object keep_file(import_context& with, const imported_file& what, const std::string& place) {
    const std::string_view picture = picture_type_of(first_bytes_of(place));
    const kept_file made{random_alphanumeric(id_length), tidy(what.name),
                         picture.empty() ? "application/octet-stream" : std::string(picture),
                         static_cast<std::int64_t>(fs::file_size(place))};
    copy_file(place, with.files_folder + "/" + made.id);
    insert_file(with.on, made, with.now);
    return file_member(made);
}

import_report import_archive(const import_options& options, wall_time now) {
    const data_folder folder(options.data_folder);
    const auto on = storage::sqlite::open_migrated(folder.database_path(), migrations());
    seed(*on, now);
    require_planned(*on);
    fs::create_directory(folder.files_path());
    fs::permissions(folder.files_path(), fs::perms::owner_all);
    clear(options.data_folder);
    import_report report;
    const unpacked from(
        options.archive,
        options.data_folder + '/' + std::string(unpacked_name) + random_alphanumeric(8),
        options.limits, report);
    if (!from.find("users.json") && !from.find("rooms.json"))
        throw config_error(options.archive
                           + " is no HipChat export: it has neither users.json nor rooms.json");
    import_context with{*on,
                        from,
                        report,
                        options.source,
                        folder.files_path(),
                        now,
                        options.progress ? options.progress : [](std::string_view) {}};
    const activity before = read_activity_of_people(*on);
    import_people(with);
    import_rooms(with);
    import_history(with);
    say_what_is_not_for_us(with);
    finish(*on, before);
    return report;
}

}  // namespace hipchat::host
