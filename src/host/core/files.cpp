#include "host/core/files.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <system_error>
#include <utility>

#include "base/random.hpp"
#include "host/core/disk.hpp"
#include "protocol/base64url.hpp"

namespace hipchat::host {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t id_length = 32;
constexpr std::size_t threads = 1;
constexpr std::size_t most_waiting = 200;

void open_folder(const std::string& path) {
    std::error_code flaw;
    if (fs::create_directories(path, flaw)) fs::permissions(path, fs::perms::owner_all, flaw);
    if (flaw || !fs::is_directory(path))
        throw config_error("the folder " + path + " cannot be created (" + flaw.message()
                           + "); name another data folder with --data");
}

// Removes what has no row, or one that says that it is dropped.
void clean_folder(const std::string& path, connection& on) {
    on.run("DELETE FROM files WHERE is_dropped = 1");
    std::set<std::string, std::less<>> known;
    statement rows = on.query("SELECT id FROM files");
    while (rows.step())
        known.insert(rows.text(0));
    std::error_code ignored;
    for (const fs::directory_entry& each : fs::directory_iterator(path))
        if (!known.contains(each.path().filename().string())) fs::remove(each.path(), ignored);
}

// How many bytes were written; empty if `what` is not base64 or too long.
std::optional<std::size_t> write_draft(const std::string& path, const file_draft& what) {
    std::optional<std::string> decoded;
    if (what.is_base64) decoded = protocol::base64_decode(what.bytes);
    if (what.is_base64 && !decoded) return std::nullopt;
    const std::string_view bytes = decoded ? std::string_view(*decoded) : what.bytes;
    if (bytes.size() > what.most) return std::nullopt;
    write_file(path, bytes);
    return bytes.size();
}

std::string read_bytes(const std::string& path) {
    std::ifstream from(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(from), {}};
}

}  // namespace

files::files(event_loop& loop, const clock& time, database& store, background& work, feed& news,
             std::string folder, connection& on)
    : loop_(loop),
      time_(time),
      store_(store),
      work_(work),
      folder_(std::move(folder)),
      beside_(threads, most_waiting),
      listening_(news.subscribe([this](const change_ptr& made) {
          if (made->content.at("kind") == "message_deleted") sweep();
      })) {
    open_folder(folder_);
    clean_folder(folder_, on);
}

task<std::optional<kept_file>> files::keep(file_draft what) {
    kept_file made{random_alphanumeric(id_length), what.name, what.content_type};
    const auto write_bytes = [path = path_of(made.id), &what] { return write_draft(path, what); };
    task<std::optional<std::size_t>> writing = beside_.run(loop_, write_bytes);
    const std::optional<std::size_t> size = co_await writing;
    if (!size) co_return std::nullopt;
    made.size = static_cast<std::int64_t>(*size);
    const auto write_row = [made, now = time_.now()](connection& on) {
        insert_file(on, made, now);
    };
    task<> storing = store_.write(write_row);
    co_await storing;
    co_return made;
}

task<std::optional<read_file>> files::read(std::string id) {
    const auto find = [id](connection& on) { return find_file(on, id); };
    task<std::optional<kept_file>> finding = store_.read(find);
    std::optional<kept_file> found = co_await finding;
    if (!found) co_return std::nullopt;
    const auto take = [path = path_of(id)] { return read_bytes(path); };
    task<std::string> reading = beside_.run(loop_, take);
    std::string bytes = co_await reading;
    co_return read_file{*std::move(found), std::move(bytes)};
}

task<> files::drop(std::string id) {
    if (id.empty()) co_return;
    const auto write = [id](connection& on) { drop_file(on, id); };
    task<> writing = store_.write(write);
    co_await writing;
    sweep();
}

task<> files::remove_dropped() {
    const auto list = [](connection& on) { return dropped_files(on); };
    task<std::vector<std::string>> listing = store_.read(list);
    const std::vector<std::string> ids = co_await listing;
    for (const std::string& id : ids) {
        const auto remove = [path = path_of(id)] {
            std::error_code ignored;
            return fs::remove(path, ignored);
        };
        task<bool> removing = beside_.run(loop_, remove);
        co_await removing;
        const auto forget = [id](connection& on) { forget_file(on, id); };
        task<> forgetting = store_.write(forget);
        co_await forgetting;
    }
}

}  // namespace hipchat::host
