// Each test keeps several processes busy.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
