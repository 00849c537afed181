#pragma once

#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>

namespace hipchat {

/// Root of everything this library throws on purpose. what() is written for the log and ends with
/// what to do; it never holds a secret.
class error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A setting, a declaration or a descriptor is wrong; thrown before anything is served.
class config_error : public error {
public:
    using error::error;
};

/// The other side sent something that the protocol does not allow.
class protocol_error : public error {
public:
    using error::error;

    /// @param field  dotted path of the offending member, empty if it is the whole document
    /// @param reason what is wrong with it
    protocol_error(std::string field, const std::string& reason)
        : error(field.empty() ? reason : field + ": " + reason), field_(std::move(field)) {}

    /// Dotted path of the offending member; empty if unknown.
    const std::string& field() const noexcept { return field_; }

private:
    std::string field_;
};

/// The host answered, and said no (host-side.md 3.4).
class api_error : public error {
public:
    /// @param status HTTP status, 400 to 599
    api_error(int status, const std::string& message) : error(message), status_(status) {}

    int status() const noexcept { return status_; }

private:
    int status_;
};

/// The host asks to slow down: 429 (host-side.md 3.5).
class rate_limited : public api_error {
public:
    /// @param retry_after how long to wait; zero if the host did not say
    rate_limited(const std::string& message, std::chrono::seconds retry_after)
        : api_error(429, message), retry_after_(retry_after) {}

    std::chrono::seconds retry_after() const noexcept { return retry_after_; }

private:
    std::chrono::seconds retry_after_;
};

/// The other side could not be reached, or did not answer as HTTP within the limits.
class transport_error : public error {
public:
    enum class reason {
        refused_destination,  ///< the destination policy does not allow this address
        connect,              ///< no connection was made, so nothing was sent
        timeout,              ///< connected, but no complete answer in time
        too_large,            ///< the answer is larger than the caller accepts
        tls,                  ///< certificate or handshake
        broken,               ///< the connection ended in the middle
    };

    transport_error(reason why, const std::string& message) : error(message), why_(why) {}

    reason why() const noexcept { return why_; }

private:
    reason why_;
};

}  // namespace hipchat
