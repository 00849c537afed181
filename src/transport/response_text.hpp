#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "transport/http.hpp"

namespace hipchat::transport {

/// 204 with no headers, complete.
inline constexpr std::string_view no_content_text = "HTTP/1.1 204 No Content\r\n\r\n";
inline constexpr std::string_view continue_text = "HTTP/1.1 100 Continue\r\n\r\n";

/// How an answer is framed for the request it belongs to.
struct response_frame {
    bool head_only = false;      ///< the request was HEAD
    bool http_10 = false;        ///< a kept connection must then be announced
    bool keep_alive = true;      ///< else "Connection: close"
    std::string_view date = {};  ///< RFC 9110 5.6.7
};

/// Whether `response` is written from no_content_text.
bool is_bare_no_content(const http_response& response, const response_frame& frame);

/// Replaces `text` by status line, headers and the empty line. Headers with a name that is no
/// token or a value with a line break are left out, and so are those that are the server's
/// business.
void write_head(std::string& text, const http_response& response, const response_frame& frame);

/// What follows the head: empty for HEAD, 204 and 304.
std::string_view body_to_send(const http_response& response, const response_frame& frame);

/// The current Date, made once a second. One thread.
class date_text {
public:
    /// @param unix_time seconds since 1970
    std::string_view at(std::int64_t unix_time);

private:
    std::int64_t made_for_ = -1;
    std::string text_;
};

}  // namespace hipchat::transport
