#include "host/import/unpacked.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "hipchat/errors.hpp"

namespace hipchat::host {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t block_bytes = std::size_t{64} * 1024;
constexpr std::uint64_t free_bytes = std::uint64_t{64} * 1024 * 1024;
constexpr std::size_t longest_name = 1'000;

struct freed {
    void operator()(archive* open) const noexcept { archive_read_free(open); }
};

[[noreturn]] void refuse(const std::string& archive, const std::string& why) {
    throw config_error(archive + " " + why);
}

// openssl's own way of saying that a password is needed.
void refuse_encrypted(const std::string& path) {
    std::string begin(8, '\0');
    std::ifstream(path, std::ios::binary).read(begin.data(), std::ssize(begin));
    if (begin == "Salted__")
        refuse(path,
               "is encrypted; decrypt it first: openssl aes-256-cbc -d -md md5 -in FILE -out "
               "export.tar.gz (without -md md5 if that does not work)");
}

bool is_number(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// The parts of a name; empty for one that leads somewhere else or is none.
std::vector<std::string_view> parts_of(std::string_view name) {
    while (name.starts_with("./"))
        name.remove_prefix(2);
    if (name.size() > longest_name
        || name.find_first_of(std::string_view("\\\0", 2)) != std::string_view::npos)
        return {};
    std::vector<std::string_view> parts;
    while (true) {
        const std::string_view part = name.substr(0, name.find('/'));
        if (part.empty() || part == "." || part == "..") return {};
        parts.push_back(part);
        if (part.size() == name.size()) return parts;
        name.remove_prefix(part.size() + 1);
    }
}

enum class kind { none, json, file };

// What a file is to an import, by its place.
kind kind_of(const std::vector<std::string_view>& parts) {
    if (parts.size() == 1)
        return parts[0] == "users.json" || parts[0] == "rooms.json" || parts[0] == "emoticons.json"
                   ? kind::json
                   : kind::none;
    const bool is_of_users = parts[0] == "users";
    if (!is_of_users && parts[0] != "rooms") return kind::none;
    if (parts.size() == 3 && is_number(parts[1]) && parts[2] == "history.json") return kind::json;
    if (is_of_users && parts.size() > 2 && parts[1] == "files") return kind::file;
    return parts.size() > 3 && is_number(parts[1]) && parts[2] == "files" ? kind::file : kind::none;
}

std::string joined(const std::vector<std::string_view>& parts) {
    std::string name;
    for (const std::string_view each : parts)
        name.append(name.empty() ? "" : "/").append(each);
    return name;
}

}  // namespace

// An archive that is being read, and how much of it there was.
struct unpacked::reading {
    std::string path;
    unpack_limits most;
    std::unique_ptr<archive, freed> open{archive_read_new()};
    std::uint64_t bytes = 0;
    std::size_t entries = 0;

    reading(std::string name, const unpack_limits& limits) : path(std::move(name)), most(limits) {
        archive_read_support_filter_gzip(open.get());
        archive_read_support_format_tar(open.get());
        archive_read_support_format_gnutar(open.get());
        if (archive_read_open_filename(open.get(), path.c_str(), block_bytes) != ARCHIVE_OK) fail();
    }

    [[noreturn]] void fail() const {
        const char* const why = archive_error_string(open.get());
        refuse(path, std::string("cannot be read (") + (why == nullptr ? "no reason" : why)
                         + "); name the tar or tar.gz of a HipChat export");
    }

    // The next entry; null at the end.
    archive_entry* next() {
        archive_entry* entry = nullptr;
        const int code = archive_read_next_header(open.get(), &entry);
        if (code == ARCHIVE_EOF) return nullptr;
        if (code != ARCHIVE_OK && code != ARCHIVE_WARN) fail();
        if (++entries > most.entries) refuse(path, "has too many files; it is no export");
        return entry;
    }

    // Reads the entry to its end, which counts whether it is wanted or not, and writes the first
    // `wanted` bytes. False if there were more.
    bool drain(std::ostream* to, std::uint64_t wanted) {
        std::vector<char> block(block_bytes);
        std::uint64_t of_entry = 0;
        while (true) {
            const la_ssize_t count = archive_read_data(open.get(), block.data(), block.size());
            if (count < 0) fail();
            if (count == 0) return of_entry <= wanted;
            of_entry += static_cast<std::uint64_t>(count);
            bytes += static_cast<std::uint64_t>(count);
            check_size();
            if (to != nullptr && of_entry <= wanted) to->write(block.data(), count);
            if (to != nullptr && !*to)
                refuse(path, "cannot be unpacked; free some space on the disk");
        }
    }

    void check_size() const {
        const auto packed = static_cast<std::uint64_t>(
            std::max<la_int64_t>(archive_filter_bytes(open.get(), -1), 0));
        if (bytes > most.all_bytes || bytes > free_bytes + packed * most.ratio)
            refuse(path, "unpacks to far more than it is; it is no export");
    }
};

unpacked::unpacked(const std::string& archive, std::string folder, const unpack_limits& most,
                   import_report& report)
    : folder_(std::move(folder)), most_(most) {
    refuse_encrypted(archive);
    reading from(archive, most);
    fs::create_directory(folder_);
    fs::permissions(folder_, fs::perms::owner_all);
    try {
        read_all(from, report);
    } catch (...) {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
        throw;
    }
}

unpacked::~unpacked() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

void unpacked::read_all(reading& from, import_report& report) {
    while (archive_entry* const entry = from.next()) {
        const char* const raw = archive_entry_pathname(entry);
        const std::string_view given = raw == nullptr ? "" : raw;
        const bool is_link =
            archive_entry_hardlink(entry) != nullptr || archive_entry_symlink(entry) != nullptr;
        if (archive_entry_filetype(entry) == AE_IFDIR && !is_link) continue;
        const std::vector<std::string_view> parts = parts_of(given);
        const std::string name = joined(parts);
        const kind what = parts.empty() ? kind::none : kind_of(parts);
        std::string_view flaw;
        if (is_link || archive_entry_filetype(entry) != AE_IFREG)
            flaw = "a link or device";
        else if (parts.empty())
            flaw = "its name leads out of the archive";
        else if (what == kind::none)
            flaw = "it is not known what it is for";
        else if (places_.contains(name))
            flaw = "its name is there twice";
        if (!flaw.empty()) {
            report.left_out("entries of the archive", flaw, given);
            from.drain(nullptr, 0);
            continue;
        }
        const std::string place = folder_ + "/" + std::to_string(from.entries);
        std::ofstream to(place, std::ios::binary);
        const std::uint64_t most = what == kind::json ? most_.json_bytes : most_.file_bytes;
        const bool is_whole = from.drain(&to, most);
        to.close();
        if (is_whole) {
            places_[name] = place;
            continue;
        }
        std::error_code ignored;
        fs::remove(place, ignored);
        report.left_out("entries of the archive", "it is too large", given);
    }
}

std::optional<std::string> unpacked::find(const std::string& name) const {
    const auto found = places_.find(name);
    if (found == places_.end()) return std::nullopt;
    return found->second;
}

}  // namespace hipchat::host
