// What the client makes of good, bad and hostile servers.
#include "transport/http_client.hpp"

#include <curl/curl.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "calling.hpp"
#include "raw_client.hpp"
#include "serving.hpp"
#include "support/gate.hpp"

namespace hipchat::transport {
namespace {

using hipchat::testing::calling;
using hipchat::testing::gate;
using hipchat::testing::get;
using hipchat::testing::local_policy;
using hipchat::testing::raw_client;
using hipchat::testing::raw_listener;
using hipchat::testing::serving;
using reason = transport_error::reason;

task<http_response> echo(const http_request& request) {
    std::string said;
    said.append(request.method).append(" ").append(request.target).append("\n");
    for (const header& each : request.headers)
        said.append(each.name).append(": ").append(each.value).append("\n");
    said.append("\n").append(request.body);
    http_response response = http_response::of(200, "text/plain", std::move(said));
    response.headers.emplace_back("X-Answer", "yes");
    co_return response;
}

// A server that accepts one connection, reads a request's head, and says `answer`.
class one_answer {
public:
    explicit one_answer(std::string answer, bool stay_open = false)
        : thread_([this, answer = std::move(answer), stay_open] {
              raw_client peer(listener_.accept(), {});
              request_ = peer.until("\r\n\r\n");
              peer.send(answer);
              if (stay_open) peer.closed_by_peer();
          }) {}
    one_answer(const one_answer&) = delete;
    one_answer& operator=(const one_answer&) = delete;
    ~one_answer() {
        if (thread_.joinable()) thread_.join();
    }

    std::string url() const { return "http://127.0.0.1:" + std::to_string(listener_.port()) + "/"; }
    const std::string& request() {
        thread_.join();
        return request_;
    }

private:
    raw_listener listener_;
    std::string request_;
    std::thread thread_;
};

TEST(libcurl, resolves_names_without_blocking_the_loop) {
    EXPECT_NE(curl_version_info(CURLVERSION_NOW)->features & CURL_VERSION_ASYNCHDNS, 0);
}

TEST(a_get, brings_status_headers_and_body) {
    const serving server(echo);
    calling client(local_policy());
    const http_answer answer = client.send(get(server.url("/a?b=c")));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header_value("x-answer"), "yes");
    EXPECT_TRUE(answer.body.starts_with("GET /a?b=c\n"));
    EXPECT_NE(answer.body.find("User-Agent: hipchat-connect/"), std::string::npos);
}

TEST(a_post, carries_headers_authorization_and_body) {
    const serving server(echo);
    calling client(local_policy());
    http_call call;
    call.method = "POST";
    call.url = server.url();
    call.headers = {{"Content-Type", "application/json"}, {"X-Empty", ""}};
    call.authorization = secret("Bearer token");
    call.body = std::string("{\"a\":\0}", 7);
    const http_answer answer = client.send(call);
    EXPECT_NE(answer.body.find("Content-Type: application/json\n"), std::string::npos);
    EXPECT_NE(answer.body.find("X-Empty: \n"), std::string::npos);
    EXPECT_NE(answer.body.find("Authorization: Bearer token\n"), std::string::npos);
    EXPECT_TRUE(answer.body.ends_with("\n\n" + call.body));
}

TEST(a_post_without_body, says_so_and_adds_nothing) {
    const serving server(echo);
    calling client(local_policy());
    http_call call = get(server.url());
    call.method = "POST";
    const http_answer answer = client.send(call);
    EXPECT_NE(answer.body.find("Content-Length: 0\n"), std::string::npos);
    EXPECT_EQ(answer.body.find("Content-Type"), std::string::npos);
}

TEST(other_methods, are_sent_as_they_are) {
    const serving server(echo);
    calling client(local_policy());
    for (const char* method : {"DELETE", "PUT", "PATCH", "OPTIONS"}) {
        http_call call = get(server.url("/m"));
        call.method = method;
        EXPECT_TRUE(client.send(call).body.starts_with(std::string(method) + " /m\n"));
    }
    http_call head = get(server.url());
    head.method = "HEAD";
    EXPECT_EQ(client.send(head).body, "");
}

TEST(a_large_post, does_not_wait_for_leave_to_continue) {
    const serving server(echo);
    calling client(local_policy());
    http_call call = get(server.url());
    call.method = "POST";
    call.body = std::string(1024 * 1024, 'x');
    call.max_answer_bytes = 2 * 1024 * 1024;
    const http_answer answer = client.send(call);
    EXPECT_TRUE(answer.body.ends_with(call.body));
    EXPECT_EQ(answer.body.substr(0, 200).find("Expect"), std::string::npos);
}

TEST(every_status, is_an_answer) {
    const serving server([](const http_request& request) -> task<http_response> {
        co_return http_response::of(std::stoi(std::string(request.path.substr(1))), "text/plain",
                                    "x");
    });
    calling client(local_policy());
    for (const int status : {201, 302, 400, 404, 429, 500, 503})
        EXPECT_EQ(client.send(get(server.url("/" + std::to_string(status)))).status, status);
}

TEST(a_redirect, is_not_followed) {
    std::atomic<int> asked = 0;
    const serving server([&](const http_request&) -> task<http_response> {
        ++asked;
        http_response response;
        response.status = 302;
        response.headers.emplace_back("Location", "/elsewhere");
        co_return response;
    });
    calling client(local_policy());
    const http_answer answer = client.send(get(server.url()));
    EXPECT_EQ(answer.status, 302);
    EXPECT_EQ(answer.header_value("location"), "/elsewhere");
    EXPECT_EQ(asked, 1);
}

TEST(line_breaks_in_a_header, are_refused_before_anything_is_sent) {
    const serving server(echo);
    calling client(local_policy());
    http_call name = get(server.url());
    name.headers = {{"X-A\r\nX-B", "1"}};
    http_call value = get(server.url());
    value.headers = {{"X-A", "1\r\nX-B: 2"}};
    http_call authorization = get(server.url());
    authorization.authorization = secret("Bearer a\nX-B: 2");
    http_call method = get(server.url());
    method.method = "GET / HTTP/1.1\r\nX-B: 2\r\n\r\nGET";
    for (const http_call& call : {name, value, authorization, method})
        EXPECT_EQ(client.failure(call), reason::broken);
}

TEST(an_answer, may_be_exactly_as_large_as_permitted) {
    const serving server([](const http_request&) -> task<http_response> {
        co_return http_response::of(200, "text/plain", std::string(1000, 'x'));
    });
    calling client(local_policy());
    http_call call = get(server.url());
    call.max_answer_bytes = 1000;
    EXPECT_EQ(client.send(call).body.size(), 1000U);
    call.max_answer_bytes = 999;
    EXPECT_EQ(client.failure(call), reason::too_large);
}

TEST(an_answer_that_never_ends, is_too_large) {
    one_answer server("HTTP/1.1 200 OK\r\n\r\n" + std::string(300'000, 'x'), true);
    calling client(local_policy());
    http_call call = get(server.url());
    call.max_answer_bytes = 100'000;
    EXPECT_EQ(client.failure(call), reason::too_large);
}

TEST(headers_that_never_end, are_too_large) {
    std::string head = "HTTP/1.1 200 OK\r\n";
    for (int i = 0; i < 100; ++i)
        head += "X-" + std::to_string(i) + ": " + std::string(1000, 'x') + "\r\n";
    one_answer server(head, true);
    calling client(local_policy());
    EXPECT_EQ(client.failure(get(server.url())), reason::too_large);
}

// A zlib stream (RFC 1950, 1951) of zeros: a literal, then `runs` copies of 258 bytes.
std::string packed_zeros(std::size_t runs) {
    std::string packed = "\x78\x9c";
    unsigned bits = 0;
    unsigned count = 0;
    const auto put = [&](unsigned bit) {
        bits |= bit << count;
        if (++count < 8) return;
        packed += static_cast<char>(bits);
        bits = count = 0;
    };
    const auto code = [&](std::string_view digits) {
        for (const char digit : digits)
            put(digit == '1' ? 1U : 0U);
    };
    code("110");       // the last block, with fixed codes
    code("00110000");  // the literal 0
    for (std::size_t i = 0; i < runs; ++i)
        code("1100010100000");  // 258 bytes, from one byte back
    code("0000000");            // the end
    while (count != 0)
        put(0);
    const std::size_t sum = (1 + 258 * runs) % 65521;
    packed += static_cast<char>(sum >> 8U);
    packed += static_cast<char>(sum & 0xffU);
    return packed + std::string("\0\x01", 2);
}

TEST(a_compressed_answer, counts_as_what_it_becomes) {
    const std::string zeros(1 + 258 * 40'000, '\0');
    const std::string packed = packed_zeros(40'000);
    ASSERT_LT(packed.size(), 100'000U);
    const serving server([&](const http_request&) -> task<http_response> {
        http_response response = http_response::of(200, "text/plain", packed);
        response.headers.emplace_back("Content-Encoding", "deflate");
        co_return response;
    });
    calling client(local_policy());
    EXPECT_EQ(client.failure(get(server.url())), reason::too_large);
    http_call roomy = get(server.url());
    roomy.max_answer_bytes = zeros.size();
    EXPECT_EQ(client.send(roomy).body, zeros);
}

TEST(a_slow_answer, is_a_timeout) {
    gate closed(false);
    serving server([&](const http_request&) -> task<http_response> {
        gate& held = closed;  // g++ 12 copies what is awaited through a capture
        co_await held;
        co_return http_response::no_content();
    });
    calling client(local_policy());
    http_call call = get(server.url("/?secret=1"));
    call.timeout = std::chrono::milliseconds(100);
    EXPECT_EQ(client.failure(call), reason::timeout);
    EXPECT_NE(client.words().find("127.0.0.1"), std::string::npos);
    EXPECT_EQ(client.words().find("secret"), std::string::npos);
    server.on_loop([&] { closed.open(); });
}

TEST(a_half_answer, is_a_timeout_too) {
    one_answer server("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", true);
    calling client(local_policy());
    http_call call = get(server.url());
    call.timeout = std::chrono::milliseconds(150);
    EXPECT_EQ(client.failure(call), reason::timeout);
}

TEST(a_connection_that_ends_in_the_middle, is_broken) {
    for (const char* answer : {"", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Le",
                               "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
                               "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"}) {
        one_answer server(answer);
        calling client(local_policy());
        EXPECT_EQ(client.failure(get(server.url())), reason::broken) << answer;
    }
}

TEST(something_that_is_no_http, is_broken) {
    one_answer server("220 mail.example.com ESMTP\r\n");
    calling client(local_policy());
    EXPECT_EQ(client.failure(get(server.url())), reason::broken);
}

TEST(a_refused_connection, is_no_connection) {
    std::string url;
    {
        const raw_listener gone;
        url = "http://127.0.0.1:" + std::to_string(gone.port()) + "/path?secret=1";
    }
    calling client(local_policy());
    EXPECT_EQ(client.failure(get(url)), reason::connect);
    EXPECT_EQ(client.words().find("secret"), std::string::npos);
}

TEST(a_name_that_does_not_resolve, is_no_connection) {
    calling client(local_policy());
    EXPECT_EQ(client.failure(get("https://name.invalid/")), reason::connect);
}

TEST(plain_text_where_tls_is_expected, is_a_tls_failure) {
    raw_listener listener;
    std::thread peer([&] {
        raw_client accepted(listener.accept(), {});
        accepted.bytes(1);
        accepted.send("HTTP/1.1 400 Bad Request\r\n\r\n");
    });
    calling client(local_policy());
    EXPECT_EQ(client.failure(get("https://127.0.0.1:" + std::to_string(listener.port()) + "/")),
              reason::tls);
    peer.join();
}

TEST(connections, are_used_again) {
    std::atomic<int> accepted = 0;
    raw_listener listener;
    std::thread peer([&] {
        raw_client one(listener.accept(), {});
        ++accepted;
        while (!one.until("\r\n\r\n").empty())
            one.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    });
    {
        calling client(local_policy());
        const std::string url = "http://127.0.0.1:" + std::to_string(listener.port()) + "/";
        for (int i = 0; i < 20; ++i)
            EXPECT_EQ(client.send(get(url)).body, "ok");
    }
    peer.join();
    EXPECT_EQ(accepted, 1);
}

TEST(a_pooled_connection_that_has_died, is_replaced) {
    raw_listener listener;
    std::thread peer([&] {
        for (int i = 0; i < 2; ++i) {
            raw_client one(listener.accept(), {});
            one.until("\r\n\r\n");
            one.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + std::to_string(i));
        }
    });
    calling client(local_policy());
    const std::string url = "http://127.0.0.1:" + std::to_string(listener.port()) + "/";
    EXPECT_EQ(client.send(get(url)).body, "0");
    EXPECT_EQ(client.send(get(url)).body, "1");
    peer.join();
}

TEST(many_calls, run_beside_each_other) {
    const serving server(echo);
    calling client(local_policy());
    EXPECT_EQ(client.parallel(get(server.url()), 300), 300);
}

TEST(a_client, may_go_while_calls_are_under_way) {
    gate closed(false);
    serving server([&](const http_request&) -> task<http_response> {
        gate& held = closed;  // g++ 12 copies what is awaited through a capture
        co_await held;
        co_return http_response::no_content();
    });
    std::future<reason> failed;
    {
        calling client(local_policy());
        failed = client.start(get(server.url()));
        while (server.on_loop([&] { return closed.waiting(); }) == 0) {
        }
        client.destroy();
        EXPECT_EQ(failed.get(), reason::broken);
    }
    server.on_loop([&] { closed.open(); });
}

}  // namespace
}  // namespace hipchat::transport
