#pragma once

#include <future>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "serving.hpp"
#include "transport/http_client.hpp"

namespace hipchat::testing {

inline transport::destination_policy local_policy() {
    transport::destination_policy policy;
    policy.allow_loopback();
    return policy;
}

inline transport::http_call get(std::string url) {
    transport::http_call call;
    call.url = std::move(url);
    return call;
}

/// A client on a loop of its own.
class calling : public running_loop {
public:
    explicit calling(transport::destination_policy policy,
                     transport::http_client_options options = {}) {
        on_loop([&] {
            client_ = std::make_unique<transport::http_client>(loop(), std::move(policy),
                                                               std::move(options));
        });
    }
    ~calling() { destroy(); }

    void destroy() {
        on_loop([&] { client_.reset(); });
    }

    transport::http_answer send(const transport::http_call& call) {
        return await([&] { return client_->send(call); });
    }

    /// Why `call` failed; empty if it did not.
    std::optional<transport_error::reason> failure(const transport::http_call& call) {
        try {
            send(call);
            return std::nullopt;
        } catch (const transport_error& error) {
            words_ = error.what();
            return error.why();
        }
    }
    /// What the last failure said.
    const std::string& words() const noexcept { return words_; }

    /// Starts `count` calls at once; the number of those that were answered with 200.
    int parallel(const transport::http_call& call, int count) {
        int answered = 0;
        int ended = 0;
        std::promise<void> all;
        on_loop([&] {
            for (int i = 0; i < count; ++i)
                spawn(tell(call, answered), [&, count](const std::exception_ptr&) {
                    if (++ended == count) all.set_value();
                });
        });
        all.get_future().get();
        return answered;
    }

    /// Starts `call`, which is to fail: the reason.
    std::future<transport_error::reason> start(transport::http_call call) {
        auto failed = std::make_shared<std::promise<transport_error::reason>>();
        on_loop([&] {
            spawn(drop(client_->send(std::move(call))), [failed](const std::exception_ptr& error) {
                try {
                    if (error) std::rethrow_exception(error);
                } catch (const transport_error& known) {
                    failed->set_value(known.why());
                }
            });
        });
        return failed->get_future();
    }

private:
    static task<> drop(task<transport::http_answer> sending) { co_await sending; }
    task<> tell(transport::http_call call, int& answered) {
        task<transport::http_answer> sending = client_->send(std::move(call));
        const transport::http_answer answer = co_await sending;
        if (answer.status == 200) ++answered;
    }

    std::unique_ptr<transport::http_client> client_;
    std::string words_;
};

}  // namespace hipchat::testing
