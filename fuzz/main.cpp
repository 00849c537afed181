// What libFuzzer calls; built once for each target, whose name the build gives.

#include <cstddef>
#include <cstdint>

#include "targets.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    hipchat::fuzz::HIPCHAT_FUZZ_TARGET({reinterpret_cast<const char*>(bytes), size});
    return 0;
}
