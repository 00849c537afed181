#include "addon/rest/client.hpp"

#include <algorithm>
#include <charconv>
#include <exception>
#include <optional>

#include "addon/rest/retry_plan.hpp"
#include "addon/rest/scope_choice.hpp"
#include "base/random.hpp"
#include "hipchat/errors.hpp"
#include "hipchat/json.hpp"
#include "protocol/api_error.hpp"
#include "protocol/message.hpp"
#include "protocol/url.hpp"

namespace hipchat::addons {

using std::chrono::milliseconds;

struct rest_client::attempt {
    attempt_outcome outcome = {};
    transport::http_answer answer = {};
    std::exception_ptr failure = {};
};

// One call's, across its attempts.
struct rest_client::credentials {
    std::shared_ptr<const storage::tenant> tenant;
    std::vector<scope> scopes = {};                 ///< of the add-on's own token
    std::optional<access_token> own = {};           ///< sent last
    std::optional<user_access_token> users = {};    ///< sent last
    std::optional<user_access_token> refused = {};  ///< the host did not accept it
    bool renewed = false;

    /// Whether another try with another token makes sense: once.
    bool may_renew() const { return !renewed && (own || users); }
};

namespace {

std::optional<std::int64_t> number_of(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

// How long an answer asks to wait: Retry-After in seconds, or the time until the reset that the
// protocol's own headers name in Unix seconds (host-side.md 3.5); empty if it does not say.
std::optional<std::chrono::seconds> wait_of(const transport::http_answer& answer,
                                            std::chrono::seconds now) {
    if (const auto after = number_of(answer.header_value("Retry-After")))
        return std::chrono::seconds(std::max<std::int64_t>(*after, 0));
    if (answer.status != 429) return std::nullopt;
    for (const char* name : {"X-FloodControl-Reset", "X-Ratelimit-Reset"})
        if (const auto reset = number_of(answer.header_value(name)))
            return std::max(std::chrono::seconds(*reset) - now, std::chrono::seconds(0));
    return std::nullopt;
}

std::string words_for(const storage::tenant& tenant, const rest_request& request) {
    return request.method + " "
           + protocol::join_url(tenant.api_url,
                                request.shown_path.empty() ? request.path : request.shown_path);
}

void throw_if_refused(const transport::http_answer& answer, const std::string& call,
                      std::optional<std::chrono::seconds> wait) {
    if (answer.status < 400) return;
    const std::string text = call + " was answered " + std::to_string(answer.status) + ": "
                             + protocol::api_error_message(answer.body);
    if (answer.status == 429) throw rate_limited(text, wait.value_or(std::chrono::seconds(0)));
    throw api_error(answer.status, text);
}

void refuse_other_rooms(const storage::tenant& tenant, const rest_request& request) {
    if (!tenant.room_id || !request.room || *request.room == *tenant.room_id) return;
    throw config_error("room " + std::to_string(*request.room)
                       + " is out of reach: this installation is in room "
                       + std::to_string(*tenant.room_id)
                       + " only; install the add-on there, or for the whole group");
}

void refuse_without_scope(const rest_request& request, const std::vector<scope>& granted) {
    const auto held = [&](scope one) { return std::ranges::find(granted, one) != granted.end(); };
    if (request.any_of.empty() || std::ranges::any_of(request.any_of, held)) return;
    std::string names;
    for (const scope one : request.any_of)
        names.append(names.empty() ? "" : " or ").append(to_string(one));
    throw config_error("this call needs the scope " + names + " of user " + request.user_id
                       + ": add it to addon.user_tokens({…}) and ask them to authorize again");
}

attempt_outcome::kind kind_of(const transport_error& failed) {
    switch (failed.why()) {
        case transport_error::reason::connect:
            return attempt_outcome::kind::unconnected;
        case transport_error::reason::broken:
            return attempt_outcome::kind::broken;
        default:
            return attempt_outcome::kind::hopeless;
    }
}

transport::http_call call_of(const storage::tenant& tenant, const rest_request& request,
                             const secret& token, milliseconds time_left) {
    transport::http_call call;
    call.method = request.method;
    std::string path = request.path;
    constexpr std::string_view placeholder = "{token}";
    if (const std::size_t at = path.find(placeholder); at != std::string::npos)
        path.replace(at, placeholder.size(), protocol::percent_encode(token.reveal()));
    call.url = protocol::join_url(tenant.api_url, path);
    call.headers = {{"Accept", "application/json"}};
    if (!request.content_type.empty())
        call.headers.emplace_back("Content-Type", request.content_type);
    call.body = request.body;
    call.authorization = secret("Bearer " + std::string(token.reveal()));
    call.timeout = std::max(time_left, milliseconds(1));
    call.max_answer_bytes = request.max_answer_bytes;
    return call;
}

}  // namespace

rest_client::rest_client(event_loop& loop, transport::http_client& http, token_source& tokens,
                         user_grants& grants, const clock& time, call_rules rules)
    : loop_(loop),
      http_(http),
      tokens_(tokens),
      grants_(grants),
      clock_(time),
      rules_(std::move(rules)) {
}

task<> rest_client::send_notification(std::shared_ptr<const storage::tenant> tenant,
                                      std::int64_t room, notification what) {
    rest_request request;
    request.method = "POST";
    request.path = "room/" + std::to_string(room) + "/notification";
    request.any_of = {scope::send_notification};
    request.room = room;
    request.content_type = "application/json";
    request.body = json::serialize(protocol::write_notification(what));
    co_await send(std::move(tenant), std::move(request));
}

task<transport::http_answer> rest_client::send(std::shared_ptr<const storage::tenant> tenant,
                                               rest_request request) {
    const call_policy policy = request.policy.value_or(rules_.policy);
    credentials with{tenant};
    if (request.user_token.empty() && request.user_id.empty()) {
        refuse_other_rooms(*tenant, request);
        with.scopes = choose_scope(request.any_of, rules_.declared, tenant->room_id.has_value());
    }
    retry_plan plan(request.method, policy);
    const steady_time began = clock_.monotonic();
    const auto elapsed = [&] {
        return std::chrono::duration_cast<milliseconds>(clock_.monotonic() - began);
    };
    while (true) {
        task<attempt> trying = attempt_once(with, request, policy.deadline() - elapsed());
        attempt tried = co_await trying;
        if (tried.outcome.status == 401 && with.may_renew()) {
            if (with.own) tokens_.forget(*tenant, with.scopes, *with.own);
            with.refused = with.users;
            with.renewed = true;
            continue;
        }
        const auto pause = plan.pause_after(tried.outcome, elapsed(), share_of_one());
        if (!pause) {
            if (tried.failure) std::rethrow_exception(tried.failure);
            throw_if_refused(tried.answer, words_for(*tenant, request),
                             tried.outcome.asked_to_wait);
            co_return std::move(tried.answer);
        }
        co_await sleep_for(loop_, *pause);
    }
}

// Throws what no repetition can mend.
task<rest_client::attempt> rest_client::attempt_once(credentials& with, const rest_request& request,
                                                     milliseconds time_left) {
    attempt tried;
    try {
        task<secret> choosing = token_for(with, request);
        const secret token = co_await choosing;
        transport::http_call call = call_of(*with.tenant, request, token, time_left);
        task<transport::http_answer> sending = http_.send(std::move(call));
        tried.answer = co_await sending;
        tried.outcome.status = tried.answer.status;
        answered_.add(tried.answer.status);
        tried.outcome.asked_to_wait = wait_of(tried.answer, clock_.unix_time());
    } catch (const transport_error& failed) {
        tried.outcome.what = kind_of(failed);
        answered_.add(0);
        tried.failure = std::current_exception();
    }
    co_return tried;
}

task<secret> rest_client::token_for(credentials& with, const rest_request& request) {
    if (!request.user_token.empty()) co_return request.user_token;
    if (request.user_id.empty()) {
        task<access_token> getting = tokens_.get(with.tenant, with.scopes);
        with.own = co_await getting;
        co_return with.own->value();
    }
    task<user_grant> getting = with.refused
                                   ? grants_.get_other(with.tenant, request.user_id, *with.refused)
                                   : grants_.get(with.tenant, request.user_id);
    const user_grant granted = co_await getting;
    refuse_without_scope(request, granted.scopes);
    with.users = granted.token;
    co_return granted.token.value();
}

}  // namespace hipchat::addons
