#include "addon/rest/client.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "hipchat/errors.hpp"
#include "hipchat/json.hpp"
#include "protocol/api_error.hpp"
#include "protocol/message.hpp"
#include "protocol/url.hpp"

namespace hipchat::addons {
namespace {

constexpr int connect_attempts = 3;
constexpr std::chrono::milliseconds first_pause{100};

std::optional<std::int64_t> number_of(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

// How long a 429 asks to wait: Retry-After in seconds, or the time until the reset that the
// protocol's own headers name in Unix seconds (host-side.md 3.5); zero if it does not say.
std::chrono::seconds wait_of(const transport::http_answer& answer, std::chrono::seconds now) {
    if (const auto after = number_of(answer.header_value("Retry-After")))
        return std::chrono::seconds(std::max<std::int64_t>(*after, 0));
    for (const char* name : {"X-FloodControl-Reset", "X-Ratelimit-Reset"})
        if (const auto reset = number_of(answer.header_value(name)))
            return std::max(std::chrono::seconds(*reset) - now, std::chrono::seconds(0));
    return std::chrono::seconds(0);
}

void throw_if_refused(const transport::http_answer& answer, const transport::http_call& request,
                      std::chrono::seconds now) {
    if (answer.status < 400) return;
    const std::string text = request.method + " " + std::string(request.url) + " was answered "
                             + std::to_string(answer.status) + ": "
                             + protocol::api_error_message(answer.body);
    if (answer.status == 429) throw rate_limited(text, wait_of(answer, now));
    throw api_error(answer.status, text);
}

}  // namespace

rest_client::rest_client(event_loop& loop, transport::http_client& http, token_source& tokens,
                         const clock& time, std::vector<scope> declared)
    : loop_(loop), http_(http), tokens_(tokens), clock_(time), declared_(std::move(declared)) {
}

task<> rest_client::send_notification(std::shared_ptr<const storage::tenant> tenant,
                                      std::int64_t room, notification what) {
    transport::http_call request;
    request.method = "POST";
    request.url =
        protocol::join_url(tenant->api_url, "room/" + std::to_string(room) + "/notification");
    request.headers = {{"Content-Type", "application/json"}, {"Accept", "application/json"}};
    request.body = json::serialize(protocol::write_notification(what));
    co_await call(std::move(tenant), scope::send_notification, std::move(request));
}

task<transport::http_answer> rest_client::call(std::shared_ptr<const storage::tenant> tenant,
                                               scope needed, transport::http_call request) {
    if (std::ranges::find(declared_, needed) == declared_.end())
        throw config_error("this call needs the scope " + std::string(to_string(needed))
                           + ": add it to the descriptor's scopes and install the add-on again");
    const std::vector<scope> scopes{needed};
    for (bool renewed = false;; renewed = true) {
        const access_token token = co_await tokens_.get(tenant, scopes);
        transport::http_call signed_call = request;
        signed_call.authorization = secret("Bearer " + std::string(token.value().reveal()));
        transport::http_answer answer = co_await send_patiently(std::move(signed_call));
        if (answer.status != 401 || renewed) {
            throw_if_refused(answer, request, clock_.unix_time());
            co_return answer;
        }
        tokens_.forget(*tenant, scopes, token);
    }
}

// A connection that could not be made has sent nothing, so trying again cannot repeat anything.
task<transport::http_answer> rest_client::send_patiently(transport::http_call request) {
    std::chrono::milliseconds pause = first_pause;
    for (int attempt = 1;; ++attempt, pause *= 4) {
        try {
            transport::http_call copy = request;
            transport::http_answer answer = co_await http_.send(std::move(copy));
            co_return answer;
        } catch (const transport_error& failed) {
            if (failed.why() != transport_error::reason::connect || attempt == connect_attempts)
                throw;
        }
        co_await sleep_for(loop_, pause);
    }
}

}  // namespace hipchat::addons
