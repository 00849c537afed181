#pragma once

#include <string>

namespace hipchat::transport {

/// What a server shows to those who connect by TLS.
struct tls_files {
    std::string certificate = {};  ///< PEM, its own first, then those that vouch for it
    std::string key = {};          ///< PEM, without a password

    bool empty() const noexcept { return certificate.empty() && key.empty(); }
};

}  // namespace hipchat::transport
