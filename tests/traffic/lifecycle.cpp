// What a caller does as a host that installs and uninstalls.

#include "protocol/installation.hpp"
#include "traffic/caller.hpp"

namespace hipchat::traffic {
namespace {

using hipchat::testing::plain_request;

// More than the callers have at a time, so that they meet.
constexpr std::size_t shared_installations = 6;

plain_request install_request(const std::string& url, const protocol::installation& body) {
    return {.method = "POST",
            .target = path_of(url),
            .headers = {{"Content-Type", "application/json"}},
            .body = json::serialize(protocol::write_installation(body))};
}

}  // namespace

void caller::install() {
    const bool shared = with_ == dealings::shared;
    const std::string name = shared ? "shared-" + std::to_string(dice_.below(shared_installations))
                                    : std::to_string(number_) + "-" + std::to_string(++made_);
    installation made{"installation-" + name, secret("secret of " + name), std::nullopt};
    if (!shared && dice_.once_in(2)) made.room = 4021;
    const auto body = host_.installation(made.oauth_id, made.key, made.room);
    const auto said =
        ask("install", install_request(to_.described().installable.callback_url, body), {201});
    // Whose install was cut is not known to be there: it is left alone from now on.
    if (said) installations_.push_back(std::move(made));
}

void caller::install_again() {
    const installation known = any_installation();
    const auto body = host_.installation(known.oauth_id, known.key, known.room);
    ask("install again", install_request(to_.described().installable.callback_url, body), {201});
}

void caller::steal() {
    const installation known = any_installation();
    auto body = host_.installation(known.oauth_id, known.key, known.room);
    body.oauth_secret = secret("another secret");
    ask("install with another secret",
        install_request(to_.described().installable.callback_url, body), {409});
}

void caller::update() {
    const installation known = any_installation();
    auto body = host_.installation(known.oauth_id, known.key, known.room);
    body.oauth_secret.reset();
    auto request = install_request(to_.described().installable.callback_url, body);
    if (dice_.once_in(2)) request.headers.emplace_back("Authorization", "JWT " + token(known));
    ask("update", request, {201});
    forget_pages(known);
}

void caller::uninstall_too_early() {
    const std::string path = path_of(to_.described().installable.callback_url);
    const installation known = any_installation();
    host_.add_client(known.oauth_id, known.key);
    // Where no answer came in time, it may be suspended: it is left alone from now on.
    if (!ask("uninstall while the host grants tokens",
             {.method = "DELETE", .target = path + "/" + known.oauth_id}, {403}))
        std::erase_if(installations_,
                      [&](const installation& one) { return one.oauth_id == known.oauth_id; });
}

void caller::uninstall() {
    const std::string path = path_of(to_.described().installable.callback_url);
    const std::size_t which = dice_.below(installations_.size());
    const installation gone = installations_[which];
    installations_.erase(installations_.begin() + static_cast<std::ptrdiff_t>(which));
    forget_pages(gone);
    host_.remove_client(gone.oauth_id);
    const plain_request request{.method = "DELETE", .target = path + "/" + gone.oauth_id};
    if (!ask("uninstall", request, {204})) return;
    ask("uninstall again", request, {204});
    for (const webhook& hook : to_.described().webhooks) {
        std::string body = json::serialize(event_body(hook, gone));
        ask("webhook of what was uninstalled", delivery(hook, token(gone), std::move(body)), {401});
    }
}

// Their tokens end with the generation of the installation.
void caller::forget_pages(const installation& of) {
    std::erase_if(open_, [&](const open_page& page) { return page.of.oauth_id == of.oauth_id; });
}

void caller::install_nonsense() {
    const std::string id = "nonsense-" + std::to_string(number_);
    auto body = host_.installation(id, secret("x"), 4021);
    host_.remove_client(id);
    auto request = install_request(to_.described().installable.callback_url, body);
    switch (dice_.below(4)) {
        case 0:
            break;
        case 1:
            request.body = dice_.damaged(request.body);
            break;
        case 2:
            body.capabilities_url = dice_.once_in(2) ? "http://10.0.0.1/v2/capabilities"
                                                     : "http://localhost:1/v2/capabilities";
            request = install_request(to_.described().installable.callback_url, body);
            break;
        default:
            request.body = std::string(70'000, '{');
    }
    ask("install of nonsense", request, {400, 409, 413});
}

}  // namespace hipchat::traffic
