// Signs deliveries beforehand, each with a token of its own, and stores the tenant whose secret
// signs them, as an install would have.
//
//   bench_presign COUNT REQUESTS DATABASE
//
// The payload is the sample of a room_enter; the tokens are issued now and end in an hour.

#include <charconv>
#include <chrono>
#include <cstdint>
#include <exception>
#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/spawn.hpp"
#include "hipchat/json.hpp"
#include "protocol/jwt.hpp"
#include "request_file.hpp"
#include "storage/open.hpp"
#include "transport/io_loop.hpp"

namespace {

using hipchat::storage::tenant;

constexpr std::uint64_t most_requests = 100'000'000;

std::string sample_payload() {
    const std::string path = HIPCHAT_FIXTURES "/protocol/webhook.room_enter.json";
    std::ifstream file(path);
    std::stringstream text;
    if (!(text << file.rdbuf())) throw std::runtime_error("cannot read " + path);
    return hipchat::json::serialize(hipchat::json::parse(text.str()));
}

tenant sample_tenant(std::string_view payload) {
    const auto parsed = hipchat::json::parse(payload);
    tenant made;
    made.oauth_id = parsed.at("oauth_client_id").as_string().c_str();
    made.secret = hipchat::secret("Jm4pXw0sVtQy7eBz2cRf9hLk5nGd3uAo8iWq");
    made.group_id = 1;
    made.group_name = "Benchmark";
    made.capabilities_url = "https://hipchat.example.test/v2/capabilities";
    made.api_url = "https://hipchat.example.test/v2/";
    made.token_url = "https://hipchat.example.test/v2/oauth/token";
    return made;
}

// Nobody else has the store open: a tenant that is there stays as it is.
hipchat::task<> store(hipchat::storage::tenant_repository& repository, tenant value) {
    const auto present = co_await repository.find(value.oauth_id);
    if (!present) co_await repository.put(std::move(value), 0);
}

void store_in(const std::string& database, const tenant& value) {
    hipchat::transport::io_loop loop;
    const auto repository = hipchat::storage::open_store(loop, "sqlite:" + database).tenants;
    std::exception_ptr failure;
    hipchat::spawn(store(*repository, value), [&](std::exception_ptr failed) {
        failure = std::move(failed);
        loop.stop();
    });
    loop.run();
    if (failure) std::rethrow_exception(failure);
}

// 20 characters, as hosts make them.
std::string delivery_name(std::uint64_t number) {
    const std::string digits = std::to_string(number);
    return std::string("delivery000000000000").replace(20 - digits.size(), digits.size(), digits);
}

class signer {
public:
    signer(std::string payload, const tenant& whose)
        : payload_(std::move(payload)), secret_(whose.secret) {
        claims_.issuer = whose.oauth_id;
        claims_.user_id = "117";
        claims_.issued_at = hipchat::system_clock().unix_time();
        claims_.expires_at = *claims_.issued_at + std::chrono::hours(1);
        claims_.room_id = 4021;
        claims_.user_tz = "Europe/Stockholm";
    }

    std::string request(std::uint64_t number) {
        claims_.jti = delivery_name(number);
        std::string text =
            "POST /event/room_enter HTTP/1.1\r\n"
            "Host: 127.0.0.1\r\n"
            "User-Agent: bench_load\r\n"
            "Accept: */*\r\n"
            "Content-Type: application/json\r\n"
            "Authorization: JWT ";
        text += hipchat::protocol::sign(claims_, secret_);
        text += "\r\nContent-Length: " + std::to_string(payload_.size()) + "\r\n\r\n";
        text += payload_;
        return text;
    }

private:
    std::string payload_;
    hipchat::secret secret_;
    hipchat::protocol::jwt_claims claims_;
};

void write_requests(const std::string& path, std::uint64_t count, signer& from) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    bench::request_file_head head;
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::string request = from.request(i);
        if (i == 0) {
            head = {.count = count, .length = request.size()};
            file.write(reinterpret_cast<const char*>(&head), sizeof head);
        }
        if (request.size() != head.length) throw std::logic_error("requests differ in length");
        file.write(request.data(), static_cast<std::streamsize>(request.size()));
    }
    if (!file.flush()) throw std::runtime_error("cannot write " + path);
}

std::uint64_t number_in(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc() || end != text.data() + text.size() || value == 0
        || value > most_requests)
        throw std::runtime_error("COUNT must be a whole number from 1 to 100000000");
    return value;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        if (argc != 4) throw std::runtime_error("usage: bench_presign COUNT REQUESTS DATABASE");
        const std::uint64_t count = number_in(argv[1]);
        std::string payload = sample_payload();
        const tenant whose = sample_tenant(payload);
        store_in(argv[3], whose);
        signer from(std::move(payload), whose);
        write_requests(argv[2], count, from);
        return 0;
    } catch (const std::exception& failed) {
        std::cerr << "bench_presign: " << failed.what() << '\n';
        return 1;
    }
}
