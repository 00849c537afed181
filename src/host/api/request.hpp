#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "hipchat/json.hpp"
#include "host/api/path.hpp"
#include "transport/http.hpp"

namespace hipchat::host {

/// A request on its way to its handler. Valid until the handler's task has ended.
class request {
public:
    request(const transport::http_request& raw, captures found)
        : raw_(raw), captures_(std::move(found)) {}

    const transport::http_request& raw() const noexcept { return raw_; }
    std::string_view header(std::string_view name) const noexcept {
        return raw_.header_value(name);
    }

    /// Whether it is a call of API v1.
    bool is_v1() const;

    /// What the route's pattern captured under `name`.
    const std::string& captured(std::string_view name) const;

    /// A parameter of the query; empty if absent.
    std::optional<std::string> parameter(std::string_view name) const;
    /// A number between `least` and `most` from the query; throws refusal(400) for anything else.
    std::int64_t number(std::string_view name, std::int64_t otherwise, std::int64_t least,
                        std::int64_t most) const;

    /// The body as JSON, at most 32 deep; throws refusal(400) if it is not.
    json::value body() const;
    /// The same; throws unless it is an object.
    json::object object() const;

private:
    const transport::http_request& raw_;
    captures captures_;
};

/// A text member of a body; throws refusal(400) naming it if it is absent or no text.
std::string required_text(const json::object& body, std::string_view name);

}  // namespace hipchat::host
