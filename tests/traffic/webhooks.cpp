// What a caller does as a host that delivers events.

#include <fstream>
#include <regex>
#include <sstream>
#include <stdexcept>

#include "traffic/caller.hpp"
#include "traffic/expressions.hpp"

namespace hipchat::traffic {
namespace {

using hipchat::testing::plain_request;

json::object sample(const std::string& event) {
    const std::string path = std::string(HIPCHAT_FIXTURES) + "/protocol/webhook." + event + ".json";
    std::ifstream file(path);
    std::stringstream text;
    if (!(text << file.rdbuf())) throw std::runtime_error("cannot read " + path);
    return json::parse(text.str()).as_object();
}

// Words of the patterns and of the commands, of which messages are made that mean something.
std::vector<std::string> words_of(const descriptor& about) {
    std::vector<std::string> found{"help", "add", "show", "++", "--", "bob++"};
    const std::regex& word = known_expressions().word;
    for (const webhook& hook : about.webhooks)
        for (std::sregex_iterator at(hook.pattern.begin(), hook.pattern.end(), word), end;
             at != end; ++at)
            found.push_back(at->str());
    return found;
}

}  // namespace

std::string caller::said() {
    const std::vector<std::string> words = words_of(to_.described());
    std::string text = dice_.once_in(2) ? dice_.one_of(words) : "/" + dice_.one_of(words);
    for (std::size_t more = dice_.below(4); more > 0; --more)
        text += " " + (dice_.once_in(2) ? dice_.one_of(words) : dice_.text(80));
    return dice_.once_in(20) ? dice_.text(10'000) : text;
}

json::object caller::event_body(const webhook& hook, const installation& in) {
    json::object body = sample(hook.event);
    body["oauth_client_id"] = in.oauth_id;
    json::object& item = body["item"].as_object();
    if (json::value* const message = item.if_contains("message"); message && message->is_object())
        message->as_object()["message"] = said();
    if (json::value* const sender = item.if_contains("sender"); sender && sender->is_object())
        sender->as_object()["name"] = dice_.text(50);
    return body;
}

plain_request caller::delivery(const webhook& hook, std::string token, std::string body) {
    plain_request made{.method = "POST",
                       .target = path_of(hook.url),
                       .headers = {{"Content-Type", "application/json"}},
                       .body = std::move(body)};
    if (token.empty()) return made;
    switch (dice_.below(3)) {
        case 0:
            made.target += (made.target.find('?') == std::string::npos ? "?" : "&");
            made.target += "signed_request=" + token;
            break;
        case 1:
            made.headers.emplace_back("x-acpt", token);
            break;
        default:
            made.headers.emplace_back("Authorization", "JWT " + token);
    }
    return made;
}

void caller::deliver() {
    const webhook& hook = dice_.one_of(to_.described().webhooks);
    const installation in = any_installation();
    auto request = delivery(hook, token(in), json::serialize(event_body(hook, in)));
    if (!ask("webhook " + hook.event, request, {200, 204})) return;
    delivered_.push_back(std::move(request));
    if (delivered_.size() > 20) delivered_.pop_front();
}

void caller::deliver_again() {
    if (delivered_.empty()) return;
    // Whoever it belonged to may be gone by now.
    ask("webhook repeated", delivered_[dice_.below(delivered_.size())], {200, 204, 401});
}

void caller::deliver_unproved() {
    const webhook& hook = dice_.one_of(to_.described().webhooks);
    const installation in = any_installation();
    const std::string body = json::serialize(event_body(hook, in));
    ask("webhook unproved", delivery(hook, wrong_token(in), body), {401});
}

void caller::deliver_for_another() {
    const webhook& hook = dice_.one_of(to_.described().webhooks);
    const installation in = installations_.front();
    const installation other = installations_.back();
    if (in.oauth_id == other.oauth_id) return;
    const std::string body = json::serialize(event_body(hook, other));
    ask("webhook for another tenant", delivery(hook, token(in), body), {401});
    ask("webhook signed by another tenant", delivery(hook, token(in, other.key), body), {401});
}

void caller::deliver_damaged() {
    const webhook& hook = dice_.one_of(to_.described().webhooks);
    const installation in = any_installation();
    std::string body = dice_.damaged(json::serialize(event_body(hook, in)));
    if (dice_.once_in(10)) body = std::string(100'000, '[');
    if (dice_.once_in(10)) body = dice_.bytes(5000);
    ask("webhook damaged", delivery(hook, token(in), std::move(body)), {200, 204, 400, 401});
}

}  // namespace hipchat::traffic
