#include "host/data_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>
#include <utility>

#include "hipchat/errors.hpp"

namespace hipchat::host {
namespace {

void create(const std::string& path) {
    namespace fs = std::filesystem;
    std::error_code flaw;
    if (fs::create_directories(path, flaw)) fs::permissions(path, fs::perms::owner_all, flaw);
    if (flaw || !fs::is_directory(path))
        throw config_error("the data folder " + path + " cannot be created (" + flaw.message()
                           + "); name another one with --data");
}

}  // namespace

data_folder::data_folder(std::string path) : path_(std::move(path)) {
    if (path_.empty()) throw config_error("no data folder is given; name one with --data");
    create(path_);
    const std::string name = path_ + "/host.lock";
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): POSIX
    lock_ = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock_ < 0)
        throw config_error("nothing can be written into the data folder " + path_
                           + "; correct its permissions or name another one with --data");
    if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
        ::close(lock_);
        throw config_error("another host uses the data folder " + path_
                           + "; stop it or name another one with --data");
    }
}

data_folder::~data_folder() {
    ::close(lock_);
}

}  // namespace hipchat::host
