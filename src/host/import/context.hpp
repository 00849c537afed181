#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "host/core/values.hpp"
#include "host/import/report.hpp"
#include "host/import/unpacked.hpp"
#include "storage/sqlite/statement.hpp"

namespace hipchat::host {

/// What the parts of an import work with. Their ids are text.
struct import_context {
    storage::sqlite::connection& on;
    const unpacked& from;
    import_report& report;
    std::string source;
    std::string files_folder;
    wall_time now;
    std::function<void(std::string_view)> progress;  ///< never empty

    std::map<std::string, person> people = {};
    std::map<std::string, std::int64_t> rooms = {};
};

/// The JSON under that name in the archive; empty, and reported, if it is none. Not reported when
/// it is missing.
std::optional<json::value> read_document(import_context& with, const std::string& name);

// Each takes one kind of things over, in transactions of its own.
void import_people(import_context& with);
void import_rooms(import_context& with);
void import_history(import_context& with);

/// Keeps a file or picture: its bytes and its row, in the transaction that is open.
struct imported_file {
    std::string name = {};
    std::string content_type = {};
};
/// @return where the host serves it
std::string keep_bytes(import_context& with, const imported_file& what, std::string_view bytes);
/// The member "file" of a message. Throws storage_error.
json::object keep_file(import_context& with, const imported_file& what, const std::string& place);

/// Somebody who said something, but is not among the people of the export: one who has left.
person former_person(import_context& with, const std::string& name);

}  // namespace hipchat::host
