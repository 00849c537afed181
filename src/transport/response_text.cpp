#include "transport/response_text.hpp"

#include <array>
#include <charconv>
#include <ctime>

#include "protocol/reason_phrase.hpp"
#include "transport/text.hpp"

namespace hipchat::transport {
namespace {

void append_number(std::string& text, std::uint64_t number) {
    std::array<char, 20> digits{};
    const auto* const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    text.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

void append_header(std::string& text, std::string_view name, std::string_view value) {
    text.append(name).append(": ").append(value).append("\r\n");
}

bool is_servers_business(std::string_view name) {
    return same_word(name, "content-length") || same_word(name, "connection")
           || same_word(name, "transfer-encoding") || same_word(name, "date");
}

bool has_body(int status) {
    return status != 204 && status != 304;
}

std::string_view body_of(const http_response& response) {
    return response.static_body.empty() ? std::string_view(response.body) : response.static_body;
}

}  // namespace

bool is_bare_no_content(const http_response& response, const response_frame& frame) {
    return response.status == 204 && response.headers.empty() && frame.keep_alive && !frame.http_10;
}

void write_head(std::string& text, const http_response& response, const response_frame& frame) {
    text.assign("HTTP/1.1 ");
    append_number(text, static_cast<std::uint64_t>(response.status));
    text.append(" ").append(protocol::reason_phrase(response.status)).append("\r\n");
    append_header(text, "Date", frame.date);
    for (const auto& [name, value] : response.headers)
        if (is_token(name) && is_header_value(value) && !is_servers_business(name))
            append_header(text, name, value);
    if (has_body(response.status)) {
        text.append("Content-Length: ");
        append_number(text, body_of(response).size());
        text.append("\r\n");
    }
    if (!frame.keep_alive)
        append_header(text, "Connection", "close");
    else if (frame.http_10)
        append_header(text, "Connection", "keep-alive");
    text.append("\r\n");
}

std::string_view body_to_send(const http_response& response, const response_frame& frame) {
    if (frame.head_only || !has_body(response.status)) return {};
    return body_of(response);
}

std::string_view date_text::at(std::int64_t unix_time) {
    if (unix_time == made_for_) return text_;
    made_for_ = unix_time;
    static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto time = static_cast<std::time_t>(unix_time);
    std::tm utc{};
    gmtime_r(&time, &utc);
    std::array<char, 48> rest{};
    text_.assign(days.at(static_cast<std::size_t>(utc.tm_wday)));
    text_.append(rest.data(), std::strftime(rest.data(), rest.size(), ", %d ", &utc));
    text_.append(months.at(static_cast<std::size_t>(utc.tm_mon)));
    text_.append(rest.data(), std::strftime(rest.data(), rest.size(), " %Y %H:%M:%S GMT", &utc));
    return text_;
}

}  // namespace hipchat::transport
