#pragma once

#include <string>
#include <utility>

#include "running_addon.hpp"
#include "support/contains.hpp"

namespace hipchat::testing {

/// What most tests of pages need: a host with one installation, and requests as a browser in that
/// host makes them.
class with_pages : public with_host {
protected:
    /// `path` as the host opens it: signed, for user 117 in room 4021.
    std::string signed_url(const std::string& path, const std::string& more = "") const {
        return path + (path.find('?') == std::string::npos ? "?" : "&")
               + "signed_request=" + token() + "&connect_client_api_version=1" + more;
    }
    plain_answer open(const running_addon& running, const std::string& path,
                      const std::string& more = "") const {
        return running.get(signed_url(path, more));
    }
    std::string guest_token() const {
        protocol::jwt_claims claims = claims_of(id_);
        claims.user_id.clear();
        return protocol::sign(claims, key_);
    }

    /// A page's own call.
    static plain_answer call(const running_addon& running, std::string method, std::string path,
                             const std::string& with, std::string body = "",
                             std::string type = "application/json") {
        plain_request request{.method = std::move(method), .target = std::move(path)};
        if (!with.empty()) request.headers.emplace_back("Authorization", "JWT " + with);
        if (!body.empty()) request.headers.emplace_back("Content-Type", std::move(type));
        request.body = std::move(body);
        return send(running.port(), request);
    }
};

}  // namespace hipchat::testing
