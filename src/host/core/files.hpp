#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/worker_pool.hpp"
#include "host/core/feed.hpp"
#include "host/core/file_rows.hpp"

namespace hipchat::host {

/// A file that is to be kept.
struct file_draft {
    std::string name = {};
    std::string content_type = {};
    std::string_view bytes = {};  ///< must stay there until the task that keeps them ends
    bool is_base64 = false;       ///< how `bytes` are written
    std::size_t most = 0;         ///< how many bytes it may have
};

/// A file and its bytes.
struct read_file {
    kept_file what = {};
    std::string bytes = {};
};

/// What people share, and pictures: bytes in a folder, one file each, written and read beside the
/// loop; the rest in the database. Loop thread only.
class files {
public:
    /// Creates the folder if it is missing, and removes what no row names or was dropped: whatever
    /// the last run left half done. Throws config_error if the folder cannot be used.
    files(event_loop& loop, const clock& time, database& store, background& work, feed& news,
          std::string folder, connection& on);

    /// The bytes are on the disk when the task ends; empty if they are not base64 or too many.
    task<std::optional<kept_file>> keep(file_draft what);
    /// Empty if there is none.
    task<std::optional<read_file>> read(std::string id);
    /// From now on nobody can read it. An empty id drops nothing.
    task<> drop(std::string id);
    /// Removes in the background what rows say was dropped.
    void sweep() { work_.run("removing files", remove_dropped()); }

private:
    task<> remove_dropped();
    std::string path_of(const std::string& id) const { return folder_ + '/' + id; }

    event_loop& loop_;
    const clock& time_;
    database& store_;
    background& work_;
    std::string folder_;
    worker_pool beside_;
    feed::subscription listening_;
};

}  // namespace hipchat::host
