#include "host/data_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "base/random.hpp"
#include "hipchat/errors.hpp"

namespace hipchat::host {
namespace {

constexpr std::size_t token_length = 40;

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

secret data_folder::shell_token() const {
    const std::string name = path_ + "/shell-token";
    std::string token;
    if (std::ifstream(name) >> token && token.size() == token_length) return secret(token);
    token = random_alphanumeric(token_length);
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): POSIX
    const int file = ::open(name.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const std::string line = token + "\n";
    const bool is_written =
        file >= 0 && ::write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size());
    if (file >= 0) ::close(file);
    if (!is_written)
        throw config_error("the file " + name + " cannot be written; correct its permissions");
    return secret(std::move(token));
}

data_folder::~data_folder() {
    ::close(lock_);
}

}  // namespace hipchat::host
