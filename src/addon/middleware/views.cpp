#include <memory>
#include <utility>

#include "addon/dispatch.hpp"
#include "hipchat/middleware.hpp"

namespace hipchat {

std::string_view passing_request::method() const noexcept {
    return request_.method;
}

std::string_view passing_request::path() const noexcept {
    return request_.path;
}

std::string_view passing_request::query() const noexcept {
    return request_.query;
}

std::string_view passing_request::header(std::string_view name) const noexcept {
    return request_.header_value(name);
}

std::string_view passing_request::body() const noexcept {
    return request_.body;
}

std::string_view passing_request::peer() const noexcept {
    return request_.trace == nullptr ? std::string_view() : request_.trace->peer;
}

log passing_request::log() const noexcept {
    return {to_, request_.id()};
}

outcome::outcome(int status, std::string text)
    : made_(std::make_unique<addons::reply>(addons::reply::refused(status, std::move(text)))) {
}

outcome::outcome(addons::reply&& made) : made_(std::make_unique<addons::reply>(std::move(made))) {
}

outcome::outcome(outcome&&) noexcept = default;
outcome& outcome::operator=(outcome&&) noexcept = default;
outcome::~outcome() = default;

int outcome::status() const noexcept {
    return made_->status;
}

outcome& outcome::add_header(std::string name, std::string value) {
    made_->headers.emplace_back(std::move(name), std::move(value));
    return *this;
}

}  // namespace hipchat
