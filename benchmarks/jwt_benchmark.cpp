// What checking a token costs beyond the MAC that it cannot do without.

#include <benchmark/benchmark.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "protocol/jwt.hpp"
#include "protocol/sha256.hpp"

namespace {

using namespace hipchat::protocol;

constexpr std::string_view key = "Jm4pXw0sVtQy7eBz2cRf9hLk5nGd3uAo8iWq";
constexpr std::chrono::seconds now{1'489'483'613};
constexpr std::chrono::seconds leeway{60};

std::string sample_token() {
    jwt_claims claims;
    claims.issuer = "5d1c2f8e-7a40-4b6b-9d0e-3f2a9c81e6b7";
    claims.user_id = "117";
    claims.issued_at = now;
    claims.expires_at = now + std::chrono::hours(1);
    claims.jti = "aB3dE5fG7hJ9kL1mN3pQ";
    claims.room_id = 4021;
    claims.user_tz = "Europe/Stockholm";
    return sign(claims, hipchat::secret(std::string(key)));
}

void bare_mac(benchmark::State& state) {
    const std::string token = sample_token();
    const std::string_view signing_input = std::string_view(token).substr(0, token.rfind('.'));
    for (auto _ : state)
        benchmark::DoNotOptimize(hmac_sha256(key, signing_input));
}

void verify_token(benchmark::State& state) {
    const std::string token = sample_token();
    for (auto _ : state) {
        auto parsed = unverified_token::parse(token);
        auto checked = verify(std::move(*parsed), key, now, leeway);
        if (std::holds_alternative<jwt_flaw>(checked)) throw std::logic_error("not verified");
        benchmark::DoNotOptimize(checked);
    }
}

BENCHMARK(bare_mac);
BENCHMARK(verify_token);

}  // namespace

BENCHMARK_MAIN();
