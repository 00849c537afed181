#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <utility>

namespace hipchat::addons {

/// How many things each address has under way. One thread.
class address_turns {
public:
    /// One of them, for as long as it lives.
    class turn {
    public:
        turn(address_turns& of, std::string address) : of_(of), address_(std::move(address)) {
            ++of_.counts_[address_];
        }
        turn(const turn&) = delete;
        turn& operator=(const turn&) = delete;
        ~turn() {
            const auto mine = of_.counts_.find(address_);
            if (--mine->second == 0) of_.counts_.erase(mine);
        }

        const std::string& address() const noexcept { return address_; }

    private:
        address_turns& of_;
        std::string address_;
    };

    std::size_t of(const std::string& address) const {
        const auto known = counts_.find(address);
        return known == counts_.end() ? 0 : known->second;
    }

private:
    std::unordered_map<std::string, std::size_t> counts_;
};

}  // namespace hipchat::addons
