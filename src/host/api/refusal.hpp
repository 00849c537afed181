#pragma once

#include <string>
#include <utility>

#include "hipchat/errors.hpp"
#include "hipchat/json.hpp"
#include "protocol/api_error.hpp"
#include "transport/http.hpp"

namespace hipchat::host {

using transport::http_response;

/// An answer that says no (host-side.md 3.4), thrown by whoever finds the reason; the router writes
/// it. what() goes out to the caller.
class refusal : public error {
public:
    /// @param status 400 to 599
    refusal(int status, const std::string& message)
        : error(message), status_(status), body_(protocol::write_api_error(status, message)) {}

    explicit refusal(const protocol::validation_failure& failure)
        : error(failure.message), body_(protocol::write_validation_error(failure)) {}

    /// The same with a header.
    refusal with(std::string name, std::string value) && {
        headers_.emplace_back(std::move(name), std::move(value));
        return std::move(*this);
    }

    int status() const noexcept { return status_; }
    http_response response() const;

private:
    int status_ = 400;
    json::object body_;
    std::vector<std::pair<std::string, std::string>> headers_;
};

/// `status` with a JSON body.
http_response json_response(int status, const json::value& body);

}  // namespace hipchat::host
