// How many processors this process may use.
#ifndef CAFFESHARP_SRC_CORE_THREADS_ALLOWED_PROCESSORS_H_
#define CAFFESHARP_SRC_CORE_THREADS_ALLOWED_PROCESSORS_H_

#include <string>

namespace caffesharp {

// Processors' worth of time that the control groups of the process allow, those above its own included: cpu.max of
// version 2, cpu.cfs_quota_us and cpu.cfs_period_us of version 1. 0 where none limits it. root stands before /proc and
// /sys; empty for the machine's own.
double ControlGroupQuota(const std::string& root);

// The processors that the affinity of the process names, or fewer where a quota allows less; a part of one counts
// whole, as in Environment.ProcessorCount of .NET. At least 1.
int AllowedProcessors();

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_CORE_THREADS_ALLOWED_PROCESSORS_H_
