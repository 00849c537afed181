#pragma once

#include <string>

#include "hipchat/secret.hpp"

namespace hipchat::host {

/// The folder with the host's data, kept from any other host as long as this lives.
class data_folder {
public:
    /// Creates the folder (mode 0700) if it is missing. Throws config_error if it cannot be used,
    /// or another host uses it.
    explicit data_folder(std::string path);
    data_folder(const data_folder&) = delete;
    data_folder& operator=(const data_folder&) = delete;
    ~data_folder();

    std::string database_path() const { return path_ + "/host.db"; }
    std::string files_path() const { return path_ + "/files"; }
    /// Of the file shell-token (mode 0600), which is made if it is missing. Throws config_error.
    secret shell_token() const;

private:
    std::string path_;
    int lock_ = -1;
};

}  // namespace hipchat::host
