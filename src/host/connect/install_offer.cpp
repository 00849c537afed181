#include "host/connect/install_offer.hpp"

#include <utility>

#include "host/core/client_rows.hpp"
#include "protocol/installation.hpp"
#include "protocol/utf8.hpp"

namespace hipchat::host {
namespace {

using reason = install_refused::reason;

constexpr std::size_t largest_descriptor = 256UL * 1024;
constexpr std::size_t longest_reason = 1024;

// The start of a refusal's body, if it is something that a person can read.
std::string said(const transport::http_answer& answer) {
    const bool is_text = answer.header_value("Content-Type").starts_with("text/plain");
    if (!is_text || answer.body.empty() || !protocol::count_characters(answer.body)) return {};
    return ": " + std::string(protocol::head_of(answer.body, longest_reason));
}

install_step::withdraw no_answer(const transport_error& failure) {
    const bool may_have_arrived = failure.why() != transport_error::reason::connect
                                  && failure.why() != transport_error::reason::refused_destination;
    return {may_have_arrived,
            install_refused(reason::addon, std::string("the add-on did not answer the install "
                                                       "request: ")
                                               + failure.what())};
}

}  // namespace

transport::http_call descriptor_call(const std::string& url, std::chrono::milliseconds limit) {
    transport::http_call call;
    call.url = url;
    call.headers.emplace_back("Accept", "application/json");
    call.timeout = limit;
    call.max_answer_bytes = largest_descriptor;
    return call;
}

std::string descriptor_text(const outcome& how, const std::string& url) {
    if (const auto* const failure = std::get_if<transport_error>(&how))
        throw install_refused(reason::addon,
                              "the descriptor could not be read: " + std::string(failure->what()));
    const auto& answer = std::get<transport::http_answer>(how);
    if (answer.status != 200)
        throw install_refused(reason::addon,
                              "the descriptor could not be read: " + url + " answered "
                                  + std::to_string(answer.status)
                                  + "; give the address that serves it without a redirect");
    return answer.body;
}

install_action install_offer::begin() {
    try {
        if (const auto text = descriptor_in(terms_.url)) return judged(*text);
        check_descriptor_url(terms_.url, self_);
    } catch (const install_refused& why) {
        return install_step::fail{why};
    }
    return install_step::fetch{descriptor_call(terms_.url, terms_.fetch_time)};
}

install_action install_offer::descriptor_came(const outcome& how) {
    try {
        return judged(descriptor_text(how, terms_.url));
    } catch (const install_refused& why) {
        return install_step::fail{why};
    }
}

install_action install_offer::judged(const std::string& text) {
    judged_descriptor read = judge_descriptor(text, terms_.url, self_);
    check_installable(read, terms_.room_id, terms_.agreed);
    descriptor_ = std::move(read.value);
    install_step::activate next;
    next.made.oauth_id = terms_.oauth_id;
    next.made.secret = terms_.oauth_secret;
    next.made.room_id = terms_.room_id;
    next.made.descriptor_url = terms_.url;
    next.made.descriptor = descriptor_;
    next.made.installed_at = terms_.now;
    next.made.hooks = hooks_of(descriptor_);
    next.descriptor_text = text;
    return next;
}

install_action install_offer::activated(bool done) const {
    if (!done)
        return install_step::fail{install_refused(
            reason::conflict,
            "the add-on " + descriptor_.key + " is installed there already; uninstall it first")};
    if (descriptor_.installable.callback_url.empty()) return install_step::confirm{};
    protocol::installation offer;
    offer.oauth_id = terms_.oauth_id;
    offer.oauth_secret = terms_.oauth_secret;
    offer.capabilities_url = self_.base_url() + "/v2/capabilities";
    offer.group_id = terms_.group_id;
    offer.room_id = terms_.room_id;
    transport::http_call call;
    call.method = "POST";
    call.url = descriptor_.installable.callback_url;
    call.headers.emplace_back("Content-Type", "application/json");
    call.body = json::serialize(protocol::write_installation(offer));
    call.timeout = terms_.answer_time;
    return install_step::post{std::move(call)};
}

install_action install_offer::addon_answered(const outcome& how) const {
    if (const auto* const failure = std::get_if<transport_error>(&how)) return no_answer(*failure);
    const auto& answer = std::get<transport::http_answer>(how);
    if (answer.status >= 200 && answer.status <= 299) return install_step::confirm{};
    return install_step::withdraw{
        false, install_refused(reason::addon, "the add-on refused to be installed: it answered "
                                                  + std::to_string(answer.status) + said(answer))};
}

}  // namespace hipchat::host
