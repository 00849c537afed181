#include "running_example.hpp"

#include <array>
#include <chrono>
#include <csignal>
#include <ctime>
#include <string_view>
#include <thread>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "protocol/descriptor.hpp"
#include "protocol/installation.hpp"
#include "protocol/jwt.hpp"
#include "protocol/pattern.hpp"
#include "protocol/url.hpp"

namespace hipchat::testing {
namespace {

std::string date_of_now() {
    using namespace std::chrono;
    const auto now = time_point_cast<microseconds>(system_clock::now());
    const std::time_t seconds = system_clock::to_time_t(now);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 40> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S.", &parts);
    const std::string fraction =
        std::to_string(1'000'000 + (now.time_since_epoch() % 1s).count()).substr(1);
    return text.data() + fraction + "+00:00";
}

std::string message_body(const credentials& in, const std::string& text, const someone& by,
                         std::int64_t where) {
    json::object from{{"id", by.id}, {"name", by.name}, {"mention_name", by.mention_name}};
    json::object message{
        {"id", random_alphanumeric(20)}, {"date", date_of_now()}, {"type", "message"},
        {"mentions", json::array()},     {"message", text},       {"from", std::move(from)}};
    json::object item{{"room", json::object{{"id", where}, {"name", "Build Lab"}}},
                      {"message", std::move(message)}};
    return json::serialize(json::object{{"event", "room_message"},
                                        {"oauth_client_id", in.oauth_id},
                                        {"webhook_id", 90003},
                                        {"item", std::move(item)}});
}

}  // namespace

running_example::running_example(std::string program, std::map<std::string, std::string> settings)
    : name_(std::move(program)), settings_(std::move(settings)) {
    start();
}

running_example::~running_example() {
    program_->signal(SIGTERM);
    EXPECT_EQ(program_->wait(), 0) << program_->complained();
}

void running_example::start() {
    const std::string file = std::string(HIPCHAT_EXAMPLES) + "/" + name_;
    settings_["AC_PORT"] = std::to_string(port_);
    settings_["AC_STORE"] = "sqlite:" + folder_.file("example.db");
    program_ = std::make_unique<child_process>(
        "/usr/bin/env", std::vector<std::string>{"--chdir=/", file}, settings_);
    const auto base = program_->line_after("Public descriptor base URL: http://localhost:");
    if (!base) throw std::runtime_error(name_ + " did not start: " + program_->complained());
    port_ = static_cast<std::uint16_t>(std::stoi(*base));
    described_ = protocol::read_descriptor(get("/").body);
}

void running_example::restart() {
    program_->signal(SIGTERM);
    EXPECT_EQ(program_->wait(), 0) << program_->complained();
    start();
}

credentials running_example::install(std::optional<std::int64_t> into) {
    const std::string number = std::to_string(++installations_);
    const credentials made{"installation-" + number, secret("secret of installation " + number),
                           into};
    const auto body = host_.installation(made.oauth_id, made.key, into);
    const plain_answer answer =
        send(port_, {.method = "POST",
                     .target = "/addon/installable",
                     .headers = {{"Content-Type", "application/json"}},
                     .body = json::serialize(protocol::write_installation(body))});
    EXPECT_EQ(answer.status, 201) << answer.body;
    return made;
}

plain_answer running_example::uninstall(const credentials& from) {
    host_.remove_client(from.oauth_id);
    return send(port_, {.method = "DELETE", .target = "/addon/installable/" + from.oauth_id});
}

std::string running_example::token_of(const credentials& in, const someone& by,
                                      std::int64_t where) const {
    protocol::jwt_claims claims;
    claims.issuer = in.oauth_id;
    if (by.id != 0) claims.user_id = std::to_string(by.id);
    claims.issued_at = system_clock().unix_time();
    claims.expires_at = *claims.issued_at + std::chrono::hours(1);
    claims.jti = random_alphanumeric(20);
    claims.room_id = where;
    return protocol::sign(claims, in.key);
}

std::optional<plain_answer> running_example::deliver(const credentials& in, const std::string& text,
                                                     const someone& by, std::int64_t where) {
    std::optional<plain_answer> last;
    for (const webhook& hook : described_.webhooks) {
        if (hook.event != "room_message" || !protocol::pattern(hook.pattern).found_in(text))
            continue;
        last = deliver_to(hook.url, in, text, by, where);
    }
    return last;
}

plain_answer running_example::deliver_to(const std::string& url, const credentials& in,
                                         const std::string& text, const someone& by,
                                         std::int64_t where) {
    return send(port_, {.method = "POST",
                        .target = url.substr(url.find('/', 8)),
                        .headers = {{"Content-Type", "application/json"},
                                    {"Authorization", "JWT " + token_of(in, by, where)}},
                        .body = message_body(in, text, by, where)});
}

void running_example::wait_until(const std::function<bool()>& done) {
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!done()) {
        ASSERT_LT(std::chrono::steady_clock::now(), limit);
        std::this_thread::yield();
    }
}

std::string running_example::say(const credentials& in, const std::string& text, const someone& by,
                                 std::int64_t where) {
    const auto answer = deliver(in, text, by, where);
    if (!answer || answer->status == 204) return {};
    EXPECT_EQ(answer->status, 200) << answer->body;
    return std::string(json::parse(answer->body).at("message").as_string());
}

plain_answer running_example::glance(const credentials& in, const std::string& key,
                                     std::int64_t where) {
    return send(port_, {.target = "/glance/" + key + "?signed_request=" + token_of(in, {}, where)
                                  + "&connect_client_api_version=1",
                        .headers = {{"Origin", host_.base()}}});
}

plain_answer running_example::open(const credentials& in, const std::string& path,
                                   const someone& by, std::int64_t where) {
    return get(path + (path.find('?') == std::string::npos ? "?" : "&") + "signed_request="
               + token_of(in, by, where) + "&connect_client_api_version=1&theme=light");
}

plain_answer running_example::call(const std::string& method, const std::string& path,
                                   const std::string& page_token, const std::string& form) {
    plain_request request{.method = method, .target = path, .body = form};
    if (!page_token.empty()) request.headers.emplace_back("Authorization", "JWT " + page_token);
    if (!form.empty())
        request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    return send(port_, request);
}

std::string running_example::token_in(const plain_answer& page) {
    constexpr std::string_view before = "data-token=\"";
    const std::size_t begin = page.body.find(before);
    if (begin == std::string::npos) return {};
    const std::size_t end = page.body.find('"', begin + before.size());
    return page.body.substr(begin + before.size(), end - begin - before.size());
}

}  // namespace hipchat::testing
