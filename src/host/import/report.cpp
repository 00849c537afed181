#include "host/import/report.hpp"

namespace hipchat::host {
namespace {

constexpr std::size_t most_of_example = 120;

}  // namespace

void import_report::left_out(std::string_view what, std::string_view why,
                             std::string_view example) {
    omission& one = left_out_[{std::string(what), std::string(why)}];
    if (++one.count == 1) one.example = example.substr(0, most_of_example);
}

import_report::counts import_report::of(std::string_view what) const {
    const auto found = taken_.find(what);
    return found == taken_.end() ? counts() : found->second;
}

std::uint64_t import_report::left_out_of(std::string_view what) const {
    std::uint64_t all = 0;
    for (const auto& [which, each] : left_out_)
        if (which.first == what) all += each.count;
    return all;
}

std::string import_report::text() const {
    std::string lines;
    for (const auto& [what, each] : taken_) {
        lines += what + ": " + std::to_string(each.taken) + " taken";
        if (each.known > 0) lines += ", " + std::to_string(each.known) + " there already";
        lines += '\n';
    }
    for (const auto& [which, each] : left_out_)
        lines += "left out: " + std::to_string(each.count) + " " + which.first + ": " + which.second
                 + " (" + each.example + ")\n";
    return lines;
}

json::object import_report::to_json() const {
    json::object taken;
    json::object known;
    for (const auto& [what, each] : taken_) {
        taken[what] = each.taken;
        known[what] = each.known;
    }
    json::array omitted;
    for (const auto& [which, each] : left_out_)
        omitted.push_back(json::object{{"what", which.first},
                                       {"why", which.second},
                                       {"count", each.count},
                                       {"example", each.example}});
    return {
        {"taken", std::move(taken)}, {"known", std::move(known)}, {"left_out", std::move(omitted)}};
}

}  // namespace hipchat::host
