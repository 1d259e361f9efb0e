// The number of processors that this process may use.
#ifndef CAFFESHARP_SRC_CORE_THREADS_ALLOWED_PROCESSORS_H_
#define CAFFESHARP_SRC_CORE_THREADS_ALLOWED_PROCESSORS_H_

#include <string>

namespace caffesharp {

// The processor time, in processors, that the control groups of the process and their parents allow: cpu.max of
// version 2, cpu.cfs_quota_us and cpu.cfs_period_us of version 1. 0 if there is no limit. root is put before /proc and
// /sys; empty for those of the machine.
double ControlGroupQuota(const std::string& root);

// The number of processors in the affinity of the process, or fewer if a quota allows less. The quota is rounded up, as
// in Environment.ProcessorCount of .NET. At least 1.
int AllowedProcessors();

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_CORE_THREADS_ALLOWED_PROCESSORS_H_
