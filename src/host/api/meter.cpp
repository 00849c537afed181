#include "host/api/meter.hpp"

#include <string>
#include <utility>
#include <vector>

#include "host/api/refusal.hpp"

namespace hipchat::host {
namespace {

using headers = std::vector<std::pair<std::string, std::string>>;

headers headers_of(const std::string& prefix, const allowance& left) {
    if (left.limit == 0) return {};
    return {{prefix + "Limit", std::to_string(left.limit)},
            {prefix + "Remaining", std::to_string(left.remaining)},
            {prefix + "Reset", std::to_string(left.reset.count())}};
}

headers call_headers(const allowance& left) {
    return headers_of("X-Ratelimit-", left);
}

headers message_headers(const allowance& left) {
    return headers_of("X-FloodControl-", left);
}

void add(transport::http_response& response, headers more) {
    for (auto& each : more)
        response.headers.push_back(std::move(each));
}

[[noreturn]] void refuse(int status, const std::string& message, const headers& more) {
    refusal no(status, message);
    for (const auto& [name, value] : more)
        no = std::move(no).with(name, value);
    throw std::move(no);
}

}  // namespace

allowance meter::count_call(const access& who, int over) {
    const allowance left = (who.client() ? addons_ : users_).take(who.key());
    if (left.is_refused) refuse(over, "Rate limit exceeded", call_headers(left));
    return left;
}

allowance meter::count_message(const std::string& recipient, int over) {
    const allowance left = messages_.take(recipient);
    if (left.is_refused) refuse(over, "Flood control: too many messages", message_headers(left));
    return left;
}

void meter::say_calls(transport::http_response& response, const allowance& left) {
    add(response, call_headers(left));
}

void meter::say_messages(transport::http_response& response, const allowance& left) {
    add(response, message_headers(left));
}

}  // namespace hipchat::host
