#include "support/memory.h"

#include <unistd.h>

#include <fstream>

namespace pavior::bench {

double resident_mib() {
  std::ifstream statm("/proc/self/statm");
  double total = 0;
  double resident = 0;
  statm >> total >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1 << 20);
}

}  // namespace pavior::bench
