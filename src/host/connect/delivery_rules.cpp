#include "host/connect/delivery_rules.hpp"

#include <variant>

namespace hipchat::host {

std::optional<std::chrono::milliseconds> retry_after(std::optional<transport_error::reason> failure,
                                                     unsigned attempts,
                                                     const delivery_options& options) {
    if (failure != transport_error::reason::connect || attempts >= options.attempts)
        return std::nullopt;
    return options.first_retry * (1LL << (attempts - 1));
}

std::optional<posting> posting_in(const client& from, int status, std::string_view body,
                                  std::string& flaw) {
    if (status < 200 || status > 299 || body.empty()) return std::nullopt;
    boost::system::error_code unread;
    const json::value value = json::parse(body, unread);
    if (unread || !value.is_object()) return std::nullopt;
    if (!from.may(scope::send_notification)) {
        flaw = "the add-on answered with a notification, but lacks the scope send_notification";
        return std::nullopt;
    }
    auto read = read_posting(value);
    if (auto* const failure = std::get_if<protocol::validation_failure>(&read)) {
        flaw = "the add-on's answer is no notification: " + failure->message;
        return std::nullopt;
    }
    return std::get<posting>(std::move(read));
}

}  // namespace hipchat::host
