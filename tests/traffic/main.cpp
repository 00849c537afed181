// Random traffic at example add-ons; scripts/verify-traffic runs it.
//
//   traffic --seconds N [--seed N] [--most-mebibytes N] PROGRAM...
//
// Starts each program with a store of its own, calls it from several connections as reliable and
// broken hosts, browsers and strangers do, and restarts it now and then. Prints counts per kind of
// request. Exit 1 if an answer was not one of those that its request may get, a program reported
// anything or did not end with 0, or one took more memory.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <exception>
#include <functional>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "support/scripted_host.hpp"
#include "traffic/caller.hpp"
#include "traffic/example_program.hpp"
#include "traffic/tally.hpp"

namespace {

using namespace hipchat::traffic;
using hipchat::testing::scripted_host;
using steady = std::chrono::steady_clock;
using std::chrono::seconds;

// More complaints say nothing that these do not.
constexpr std::uint64_t most_complaints = 100;
constexpr std::uint64_t bytes_of_mebibyte = 1024 * 1024;

struct orders {
    seconds time{600};
    std::uint64_t seed = std::random_device{}();
    std::size_t most_bytes = 1024 * bytes_of_mebibyte;
    std::vector<std::string> programs = {};
};

orders read(const std::vector<std::string>& arguments) {
    orders given;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const auto number = [&] { return std::stoull(arguments.at(++i)); };
        if (arguments[i] == "--seconds")
            given.time = seconds(number());
        else if (arguments[i] == "--seed")
            given.seed = number();
        else if (arguments[i] == "--most-mebibytes")
            given.most_bytes = number() * bytes_of_mebibyte;
        else
            given.programs.push_back(arguments[i]);
    }
    if (given.programs.empty()) throw std::runtime_error("name the programs");
    return given;
}

void let_people_be_in(scripted_host& host) {
    host.answer("/v2/room/4021/participant",
                hipchat::transport::http_response::of(
                    200, "application/json",
                    R"({"items":[{"id":117,"name":"Ada","mention_name":"AdaL"}],"links":{}})"));
}

/// The hosts, and the threads that call one program.
class crowd {
public:
    crowd(example_program& program, tally& counts, std::uint64_t seed, int& number) {
        let_people_be_in(host_);
        let_people_be_in(broken_);
        for (const dealings with : {dealings::own, dealings::own, dealings::shared,
                                    dealings::shared, dealings::broken_host}) {
            ++number;
            scripted_host& host = with == dealings::broken_host ? broken_ : host_;
            threads_.emplace_back([this, &program, &host, &counts, with, seed, number] {
                run(program, host, with, counts, seed, number);
            });
        }
    }
    crowd(const crowd&) = delete;
    crowd& operator=(const crowd&) = delete;
    ~crowd() { go(); }

    void go() {
        leaving_ = true;
        for (std::thread& one : threads_)
            if (one.joinable()) one.join();
    }

    void forget_requests() {
        host_.forget_requests();
        broken_.forget_requests();
    }

private:
    void run(example_program& program, scripted_host& host, dealings with, tally& counts,
             std::uint64_t seed, int number) {
        try {
            caller one(program, host, with, counts, seed + static_cast<std::uint64_t>(number),
                       number);
            while (!leaving_)
                one.act();
        } catch (const std::exception& failed) {
            counts.complain(std::string("a caller failed: ") + failed.what());
        }
    }

    scripted_host host_;
    scripted_host broken_;
    std::atomic<bool> leaving_ = false;
    std::vector<std::thread> threads_;
};

/// The programs with those who call them, until the time is over or too much went wrong.
class scene {
public:
    explicit scene(const orders& given) : given_(given), dice_(given.seed) {
        int number = 0;
        for (const std::string& file : given.programs)
            programs_.push_back(std::make_unique<example_program>(file, counts_));
        for (const auto& program : programs_)
            crowds_.push_back(std::make_unique<crowd>(*program, counts_, given.seed, number));
    }

    /// @return whether nothing was wrong
    bool play() {
        const steady::time_point end = steady::now() + given_.time;
        // Each program is restarted several times, also in a short run.
        const auto pause = std::clamp<steady::duration>(given_.time / 8, seconds(2), seconds(20));
        for (steady::time_point next = steady::now() + pause;
             next < end && counts_.complaints() < most_complaints; next += pause / 2) {
            std::this_thread::sleep_until(next);
            look_at_memory();
            for (const auto& one : crowds_)
                one->forget_requests();
            example_program& one = *programs_[dice_.below(programs_.size())];
            one.stop();
            one.start();
            counts_.count_restart();
        }
        std::this_thread::sleep_until(std::min(end, steady::now() + pause));
        for (const auto& one : crowds_)
            one->go();
        look_at_memory();
        for (const auto& one : programs_)
            one->stop();
        counts_.judge_lateness();
        counts_.print();
        return counts_.complaints() == 0;
    }

private:
    void look_at_memory() {
        for (const auto& program : programs_) {
            const std::size_t bytes = program->resident_bytes();
            counts_.measure(program->name(), bytes);
            if (bytes > given_.most_bytes)
                counts_.complain(program->name() + " takes "
                                 + std::to_string(bytes / bytes_of_mebibyte) + " MiB");
        }
    }

    orders given_;
    tally counts_;
    dice dice_;
    std::vector<std::unique_ptr<example_program>> programs_;
    std::vector<std::unique_ptr<crowd>> crowds_;
};

}  // namespace

int main(int argc, char** argv) {
    try {
        const orders given = read(std::vector<std::string>(argv + 1, argv + argc));
        std::printf("seed=%llu seconds=%lld\n", static_cast<unsigned long long>(given.seed),
                    static_cast<long long>(given.time.count()));
        std::fflush(stdout);
        scene all(given);
        return all.play() ? 0 : 1;
    } catch (const std::exception& failed) {
        std::fprintf(stderr, "traffic: %s\n", failed.what());
        return 1;
    }
}
