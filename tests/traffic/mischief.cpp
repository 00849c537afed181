// What a caller does as a stranger who cannot or will not speak HTTP.

#include "traffic/caller.hpp"

namespace hipchat::traffic {
namespace {

using hipchat::testing::plain_connection;
using hipchat::testing::plain_request;

// What broken requests may be answered: by everybody's fault but the add-on's.
const std::vector<int> refusals{0, 400, 401, 404, 405, 408, 413, 414, 417, 431, 501, 505};

constexpr std::size_t most_half_open = 12;

constexpr std::string_view good = "HTTP/1.1 200 ";

std::string whole(const plain_request& request) {
    std::string text = request.method + " " + request.target + " HTTP/1.1\r\nHost: a\r\n";
    for (const auto& [name, value] : request.headers)
        text += name + ": " + value + "\r\n";
    return text + "Content-Length: " + std::to_string(request.body.size()) + "\r\n\r\n"
           + request.body;
}

}  // namespace

void caller::talk_garbage() {
    ask_bytes("garbage", dice_.bytes(2000), refusals);
}

void caller::damage_a_request() {
    const webhook& hook = dice_.one_of(to_.described().webhooks);
    const installation in = any_installation();
    const std::string body = json::serialize(event_body(hook, in));
    std::vector<int> expected = refusals;
    expected.insert(expected.end(), {200, 204});
    ask_bytes("request damaged", dice_.damaged(whole(delivery(hook, token(in), body))), expected);
}

void caller::send_too_much() {
    plain_request request{.method = "POST", .target = "/addon/installable"};
    if (dice_.once_in(2)) {
        request.headers.emplace_back("X-Much", std::string(20'000, 'x'));
        ask("headers too large", request, {0, 431});
    } else {
        request.body = std::string(1'100'000, ' ');
        ask("body too large", request, {0, 413});
    }
}

void caller::contradict() {
    static const std::vector<std::string> contradictions{
        "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length: 3\r\nContent-Length: 4\r\n", "Content-Length: -1\r\n",
        "Transfer-Encoding: gzip, nonsense\r\n", "Header without a colon\r\n"};
    ask_bytes("head that contradicts itself",
              "POST /addon/installable HTTP/1.1\r\nHost: a\r\n" + dice_.one_of(contradictions)
                  + "\r\n0\r\n\r\n",
              {400, 501});
}

void caller::leave() {
    const webhook& hook = dice_.one_of(to_.described().webhooks);
    const installation in = any_installation();
    const std::string request =
        whole(delivery(hook, token(in), json::serialize(event_body(hook, in))));
    to_.wait_until_serving();
    hipchat::testing::send_and_leave(to_.port(),
                                     request.substr(0, 1 + dice_.below(request.size())));
    counts_.count(to_.name() + ": connection left", 0, {0}, "");
}

void caller::keep_half_open() {
    to_.wait_until_serving();
    auto connection = std::make_unique<plain_connection>(to_.port());
    connection->write(std::string("POST /addon/installable HTTP/1.1\r\nHost: a\r\n"
                                  "Content-Length: 10\r\n\r\n123")
                          .substr(0, dice_.below(60)));
    half_open_.push_back(std::move(connection));
    if (half_open_.size() > most_half_open) half_open_.pop_front();
    counts_.count(to_.name() + ": connection half open", 0, {0}, "");
}

void caller::ask_nothing() {
    ask("nothing there", {.target = "/nothing/" + std::to_string(dice_.below(1000))}, {404});
    ask("method not taken", {.method = "PUT", .target = "/addon/installable"}, {405});
    ask("descriptor", {.target = "/"}, {200});
    ask("health", {.target = "/healthz"}, {200});
    ask("readiness", {.target = "/readyz"}, {200});
}

void caller::pipeline() {
    const std::size_t count = 1 + dice_.below(20);
    std::string requests;
    for (std::size_t left = count; left > 0; --left)
        requests += "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";
    const beginning asked = begin();
    const plain_connection connection(to_.port());
    connection.write(requests);
    connection.end_writing();
    const std::string all = connection.read_all();
    std::size_t answered = 0;
    for (std::size_t at = all.find(good); at != std::string::npos; at = all.find(good, at + 1))
        ++answered;
    judge("requests at a time", {.status = answered == count ? 200 : 0, .body = all}, {200}, asked);
}

}  // namespace hipchat::traffic
