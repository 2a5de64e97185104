// Allocation is measured over the whole process, and the disk is one.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
