#include "traffic/caller.hpp"

#include <algorithm>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "protocol/jwt.hpp"

namespace hipchat::traffic {

using hipchat::testing::plain_connection;
using hipchat::testing::plain_request;
using hipchat::testing::scripted_host;

namespace {

// The least time that an add-on gives a host, or itself, before it answers that it could not.
constexpr std::chrono::seconds shortest_limit{5};

}  // namespace

std::string path_of(const std::string& url) {
    const std::size_t host = url.find("://");
    if (host == std::string::npos) return url;
    const std::size_t path = url.find('/', host + 3);
    return path == std::string::npos ? "/" : url.substr(path);
}

caller::caller(example_program& to, scripted_host& host, dealings with, tally& counts,
               std::uint64_t seed, int number)
    : to_(to), host_(host), with_(with), counts_(counts), dice_(seed), number_(number) {
}

void caller::act() {
    using action = void (caller::*)();
    static const std::vector<action> lifecycle{&caller::install_again, &caller::steal,
                                               &caller::update,        &caller::uninstall_too_early,
                                               &caller::uninstall,     &caller::install_nonsense};
    static const std::vector<action> usual{&caller::deliver,
                                           &caller::deliver,
                                           &caller::deliver,
                                           &caller::deliver_again,
                                           &caller::deliver_damaged,
                                           &caller::deliver_unproved,
                                           &caller::deliver_for_another,
                                           &caller::ask_glance,
                                           &caller::ask_glance_unproved,
                                           &caller::open,
                                           &caller::open_unproved,
                                           &caller::call_from_page,
                                           &caller::call_from_page,
                                           &caller::call_from_page_unproved};
    static const std::vector<action> mischief{&caller::talk_garbage,  &caller::damage_a_request,
                                              &caller::send_too_much, &caller::contradict,
                                              &caller::leave,         &caller::keep_half_open,
                                              &caller::ask_nothing,   &caller::pipeline};
    if (with_ == dealings::broken_host && dice_.once_in(4)) break_the_host();
    if (with_ == dealings::own && dice_.once_in(200)) host_.revoke_tokens();
    if (installations_.size() < 2 || (installations_.size() < 40 && dice_.once_in(8)))
        return install();
    const std::size_t what = dice_.below(10);
    const action next = dice_.one_of(what == 0 ? lifecycle : what <= 2 ? mischief : usual);
    (this->*next)();
}

caller::beginning caller::begin() const {
    to_.wait_until_serving();
    return {to_.stops(), std::chrono::steady_clock::now()};
}

std::optional<caller::answer> caller::ask(const std::string& kind, const plain_request& what,
                                          std::vector<int> expected) {
    const beginning asked = begin();
    return judge(kind, hipchat::testing::send(to_.port(), what), std::move(expected), asked);
}

std::optional<caller::answer> caller::ask_bytes(const std::string& kind, const std::string& bytes,
                                                std::vector<int> expected) {
    const beginning asked = begin();
    const plain_connection connection(to_.port());
    connection.write(bytes);
    connection.end_writing();
    return judge(kind, hipchat::testing::read_answer(connection.read_all()), std::move(expected),
                 asked);
}

std::optional<caller::answer> caller::judge(const std::string& kind, const answer& given,
                                            std::vector<int> expected, const beginning& asked) {
    if ((given.status == 0 || given.status == 503) && to_.stops() != asked.stops) {
        counts_.count_cut(to_.name() + ": " + kind);
        return std::nullopt;
    }
    if (with_ != dealings::own)
        for (const int status : {200, 201, 202, 204, 303, 400, 401, 403, 409, 500})
            expected.push_back(status);
    if (given.status != 0 && std::chrono::steady_clock::now() - asked.at >= shortest_limit
        && std::ranges::find(expected, given.status) == expected.end()) {
        counts_.count_late(to_.name() + ": " + kind);
        return std::nullopt;
    }
    counts_.count(to_.name() + ": " + kind, given.status, expected, given.head + given.body);
    return given;
}

// What the next question for capabilities, tokens or a notification is answered.
void caller::break_the_host() {
    static const std::vector<std::string> paths{scripted_host::capabilities_path,
                                                scripted_host::token_path,
                                                scripted_host::notification_path};
    static const std::vector<int> statuses{200, 204, 301, 400, 401, 403, 404, 429, 500, 502, 503};
    std::string body;
    switch (dice_.below(4)) {
        case 0:
            body = dice_.bytes(2000);
            break;
        case 1:
            body = json::serialize(json::object{{"access_token", dice_.text(50)},
                                                {"expires_in", dice_.below(5000)},
                                                {"group_id", dice_.text(5)},
                                                {"links", json::object{{"self", dice_.text(9)}}}});
            break;
        case 2:
            body = std::string(dice_.below(100'000), '[');
            break;
        default:
            break;
    }
    auto response =
        transport::http_response::of(dice_.one_of(statuses), "application/json", std::move(body));
    if (dice_.once_in(2)) response.headers.emplace_back("Location", "http://127.0.0.1:1/");
    host_.answer_next(dice_.one_of(paths), std::move(response));
}

std::string caller::token(const installation& by, const secret& key,
                          std::chrono::seconds issued_ago) {
    protocol::jwt_claims claims;
    claims.issuer = by.oauth_id;
    claims.user_id = std::to_string(100 + dice_.below(50));
    claims.issued_at = system_clock().unix_time() - issued_ago;
    claims.expires_at = *claims.issued_at + std::chrono::hours(1);
    claims.jti = random_alphanumeric(20);
    claims.room_id = 4021;
    if (dice_.once_in(2)) claims.user_tz = "Europe/Stockholm";
    return protocol::sign(claims, key);
}

std::string caller::wrong_token(const installation& by) {
    const std::string right = token(by);
    switch (dice_.below(6)) {
        case 0:
            return {};
        case 1:
            return token(by, by.key, std::chrono::hours(2));
        case 2:
            return token(by, secret("not its secret"));
        case 3:
            return token({"nobody-knows-it", by.key, {}});
        case 4:  // {"alg":"none"}
            return "eyJhbGciOiJub25lIn0" + right.substr(right.find('.'), right.rfind('.') + 1);
        default:
            return right.substr(0, right.size() - 4);
    }
}

}  // namespace hipchat::traffic
